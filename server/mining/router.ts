import { z } from "zod";
import { SetEmbeddings, SetLlm } from "@/server/llm/schemas";
import { clearEmbeddings, setEmbeddings } from "@/server/llm/set-embeddings";
import { clearLlm, setLlm } from "@/server/llm/set-llm";
import { showLlm } from "@/server/llm/show-llm";
import { testLlm } from "@/server/llm/test-llm";
import { adminProcedure, researcherProcedure, router } from "@/server/trpc/init";
import { addPairs } from "./add-pairs";
import { approvePattern } from "./approve-pattern";
import { cancelPrompts } from "./cancel-prompts";
import { countMissingAnswers } from "./count-missing-answers";
import { countPairs } from "./count-pairs";
import { createPattern } from "./create-pattern";
import { decideDuplicate } from "./decide-duplicate";
import { decidePair } from "./decide-pair";
import { SuggestBatches, TakeSuggestion } from "./domain/allocation/suggestion";
import { ListExchanges, RerunExchange } from "./domain/exchange-input";
import { AskAboutPair, InquiryId } from "./domain/inquiry-input";
import { MeaningLimits } from "./domain/meaning/limits";
import {
  ApprovePattern,
  CreatePattern,
  MergePattern,
  PatternId,
  ProposePicked,
  RejectPattern,
  RequestMerge,
  RequestNewPatterns,
  RetirePattern,
  SetPatternLoop,
  UpdatePattern,
} from "./domain/pattern-input";
import { GuidanceOf, SetExemplar, SetGuidance } from "./domain/steering-input";
import { editMethodInput } from "./edit-method-input";
import { editPair } from "./edit-pair";
import { exchangeDetail } from "./exchange-detail";
import { learnedFrom } from "./learned-from";
import { listExchanges } from "./list-exchanges";
import { listGuidance } from "./list-guidance";
import { listPairs } from "./list-pairs";
import { listPatternQuestions } from "./list-pattern-questions";
import { listPatterns } from "./list-patterns";
import { listRepeats } from "./list-repeats";
import { listWaiting } from "./list-waiting";
import { mergePattern } from "./merge-pattern";
import { pairBoard } from "./pair-board";
import { pairDetail } from "./pair-detail";
import { patternDetail } from "./pattern-detail";
import { proposePicked } from "./propose-picked";
import { proposerInUse } from "./proposer-in-use";
import { reconsiderPattern, rejectPattern } from "./reject-pattern";
import { requestAboutPair } from "./request-about-pair";
import { requestBatch } from "./request-batch";
import { requestConceptSets } from "./request-concept-sets";
import { requestMerge } from "./request-merge";
import { requestMissingAnswers } from "./request-missing-answers";
import { requestNewPatterns } from "./request-new-patterns";
import { requestPatternNames } from "./request-pattern-names";
import { requestMissingPrompts, requestPrompts } from "./request-prompts";
import { requestRetest } from "./request-retest";
import { rerunExchange } from "./rerun-exchange";
import { retirePattern } from "./retire-pattern";
import { cancelBatch, retryBatch } from "./retry-batch";
import { cancelInquiry, retryInquiry } from "./retry-inquiry";
import { reviewCase } from "./review/review-case";
import { reviewQueue } from "./review/review-queue";
import { savePromptSet } from "./save-prompt-set";
import {
  AddPairs,
  AskAboutPairs,
  BatchId,
  CancelPrompts,
  DecideDuplicate,
  DecidePair,
  EditMethodInput,
  EditPair,
  ExchangeId,
  ListPairs,
  PairId,
  RequestBatch,
  RequestRetest,
  ReviewCaseId,
  ReviewQueue,
  SavePromptSet,
} from "./schemas";
import { setExemplar } from "./set-exemplar";
import { setGuidance } from "./set-guidance";
import { setMeaningLimits } from "./set-meaning-limits";
import { setPatternLoop } from "./set-pattern-loop";
import { showEmbedder } from "./show-embedder";
import { suggestBatches } from "./suggest-batches";
import { takeSuggestion } from "./take-suggestion";
import { testEmbedder } from "./test-embedder";
import { updatePattern } from "./update-pattern";

export const miningRouter = router({
  listPatterns: researcherProcedure.query(({ ctx }) => listPatterns(ctx)),
  createPattern: researcherProcedure
    .input(CreatePattern)
    .mutation(({ ctx, input }) => createPattern(ctx, input)),
  updatePattern: researcherProcedure
    .input(UpdatePattern)
    .mutation(({ ctx, input }) => updatePattern(ctx, input)),
  retirePattern: researcherProcedure
    .input(RetirePattern)
    .mutation(({ ctx, input }) => retirePattern(ctx, input)),
  setPatternLoop: researcherProcedure
    .input(SetPatternLoop)
    .mutation(({ ctx, input }) => setPatternLoop(ctx, input)),
  patternDetail: researcherProcedure
    .input(PatternId)
    .query(({ ctx, input }) => patternDetail(ctx, input.patternId)),
  listPatternQuestions: researcherProcedure.query(({ ctx }) => listPatternQuestions(ctx)),
  requestPatternNames: researcherProcedure
    .input(PatternId)
    .mutation(({ ctx, input }) => requestPatternNames(ctx, input)),
  requestNewPatterns: researcherProcedure
    .input(RequestNewPatterns)
    .mutation(({ ctx, input }) => requestNewPatterns(ctx, input)),
  requestMerge: researcherProcedure
    .input(RequestMerge)
    .mutation(({ ctx, input }) => requestMerge(ctx, input)),
  requestConceptSets: researcherProcedure
    .input(PatternId)
    .mutation(({ ctx, input }) => requestConceptSets(ctx, input)),
  approvePattern: researcherProcedure
    .input(ApprovePattern)
    .mutation(({ ctx, input }) => approvePattern(ctx, input)),
  mergePattern: researcherProcedure
    .input(MergePattern)
    .mutation(({ ctx, input }) => mergePattern(ctx, input)),
  rejectPattern: researcherProcedure
    .input(RejectPattern)
    .mutation(({ ctx, input }) => rejectPattern(ctx, input)),
  reconsiderPattern: researcherProcedure
    .input(PatternId)
    .mutation(({ ctx, input }) => reconsiderPattern(ctx, input)),
  pairBoard: researcherProcedure
    .input(PatternId)
    .query(({ ctx, input }) => pairBoard(ctx, input.patternId)),
  proposePicked: researcherProcedure
    .input(ProposePicked)
    .mutation(({ ctx, input }) => proposePicked(ctx, input)),

  listPairs: researcherProcedure.input(ListPairs).query(({ ctx, input }) => listPairs(ctx, input)),
  countPairs: researcherProcedure.query(({ ctx }) => countPairs(ctx)),
  listRepeats: researcherProcedure
    .input(z.object({ cursor: z.uuid().nullish() }))
    .query(({ ctx, input }) => listRepeats(ctx, input)),
  addPairs: researcherProcedure.input(AddPairs).mutation(({ ctx, input }) => addPairs(ctx, input)),

  proposerInUse: researcherProcedure.query(({ ctx }) => proposerInUse(ctx)),
  requestBatch: researcherProcedure
    .input(RequestBatch)
    .mutation(({ ctx, input }) => requestBatch(ctx, input)),
  requestRetest: researcherProcedure
    .input(RequestRetest)
    .mutation(({ ctx, input }) => requestRetest(ctx, input)),
  suggestBatches: researcherProcedure
    .input(SuggestBatches)
    .mutation(({ ctx, input }) => suggestBatches(ctx, input)),
  takeSuggestion: researcherProcedure
    .input(TakeSuggestion)
    .mutation(({ ctx, input }) => takeSuggestion(ctx, input)),
  retryBatch: researcherProcedure
    .input(BatchId)
    .mutation(({ ctx, input }) => retryBatch(ctx, input)),
  cancelBatch: researcherProcedure
    .input(BatchId)
    .mutation(({ ctx, input }) => cancelBatch(ctx, input)),
  setGuidance: researcherProcedure
    .input(SetGuidance)
    .mutation(({ ctx, input }) => setGuidance(ctx, input)),
  listGuidance: researcherProcedure
    .input(GuidanceOf)
    .query(({ ctx, input }) => listGuidance(ctx, input)),
  setExemplar: researcherProcedure
    .input(SetExemplar)
    .mutation(({ ctx, input }) => setExemplar(ctx, input)),
  learnedFrom: researcherProcedure
    .input(BatchId)
    .query(({ ctx, input }) => learnedFrom(ctx, input)),
  requestAboutPair: researcherProcedure
    .input(AskAboutPair)
    .mutation(({ ctx, input }) => requestAboutPair(ctx, input)),
  countMissingAnswers: researcherProcedure
    .input(AskAboutPairs)
    .query(({ ctx, input }) => countMissingAnswers(ctx, input)),
  requestMissingAnswers: researcherProcedure
    .input(AskAboutPairs)
    .mutation(({ ctx, input }) => requestMissingAnswers(ctx, input)),
  retryInquiry: researcherProcedure
    .input(InquiryId)
    .mutation(({ ctx, input }) => retryInquiry(ctx, input)),
  cancelInquiry: researcherProcedure
    .input(InquiryId)
    .mutation(({ ctx, input }) => cancelInquiry(ctx, input)),
  reviewQueue: researcherProcedure
    .input(ReviewQueue)
    .query(({ ctx, input }) => reviewQueue(ctx, input)),
  reviewCase: researcherProcedure
    .input(ReviewCaseId)
    .query(({ ctx, input }) => reviewCase(ctx, input)),
  decidePair: researcherProcedure
    .input(DecidePair)
    .mutation(({ ctx, input }) => decidePair(ctx, input)),
  decideDuplicate: researcherProcedure
    .input(DecideDuplicate)
    .mutation(({ ctx, input }) => decideDuplicate(ctx, input)),
  editMethodInput: researcherProcedure
    .input(EditMethodInput)
    .mutation(({ ctx, input }) => editMethodInput(ctx, input)),
  editPair: researcherProcedure.input(EditPair).mutation(({ ctx, input }) => editPair(ctx, input)),

  requestPrompts: researcherProcedure
    .input(PairId)
    .mutation(({ ctx, input }) => requestPrompts(ctx, input)),
  cancelPrompts: researcherProcedure
    .input(CancelPrompts)
    .mutation(({ ctx, input }) => cancelPrompts(ctx, input)),
  requestMissingPrompts: researcherProcedure.mutation(({ ctx }) => requestMissingPrompts(ctx)),
  savePromptSet: researcherProcedure
    .input(SavePromptSet)
    .mutation(({ ctx, input }) => savePromptSet(ctx, input)),
  listWaiting: researcherProcedure.query(({ ctx }) => listWaiting(ctx)),
  pairDetail: researcherProcedure
    .input(PairId)
    .query(({ ctx, input }) => pairDetail(ctx, input.pairId)),
  listExchanges: researcherProcedure
    .input(ListExchanges)
    .query(({ ctx, input }) => listExchanges(ctx, input)),
  rerunExchange: researcherProcedure
    .input(RerunExchange)
    .mutation(({ ctx, input }) => rerunExchange(ctx, input)),
  exchange: researcherProcedure
    .input(ExchangeId)
    .query(({ ctx, input }) => exchangeDetail(ctx, input)),

  showLlm: adminProcedure.query(({ ctx }) => showLlm(ctx)),
  setLlm: adminProcedure.input(SetLlm).mutation(({ ctx, input }) => setLlm(ctx, input)),
  clearLlm: adminProcedure.mutation(({ ctx }) => clearLlm(ctx)),
  testLlm: adminProcedure.mutation(({ ctx }) => testLlm(ctx)),

  showEmbedder: adminProcedure.query(({ ctx }) => showEmbedder(ctx)),
  setEmbeddings: adminProcedure
    .input(SetEmbeddings)
    .mutation(({ ctx, input }) => setEmbeddings(ctx, input)),
  clearEmbeddings: adminProcedure.mutation(({ ctx }) => clearEmbeddings(ctx)),
  testEmbedder: adminProcedure.mutation(({ ctx }) => testEmbedder(ctx)),
  setMeaningLimits: adminProcedure
    .input(MeaningLimits)
    .mutation(({ ctx, input }) => setMeaningLimits(ctx, input)),
});
