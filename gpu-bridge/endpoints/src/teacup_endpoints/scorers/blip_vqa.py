"""BLIP-VQA: the texts are questions, the score is the probability of "yes" as the answer's first
word. T2I-CompBench takes it against "no" alone, p(yes) / (p(yes) + p(no)): `over = "yes_no"`.

BLIP was trained with [ENC] as a question's first token; transformers leaves [CLS] there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import torch
from transformers import BlipForQuestionAnswering

from ..errors import Refused
from ..parameters import parameter
from ..pretrained import Place
from .base import Settings
from .blip import Blip


@dataclass(frozen=True)
class VqaSettings(Settings):
    over: Literal["yes_no", "vocabulary"] = parameter("yes_no", "Among which answers")
    begins_with: Literal["enc", "cls"] = parameter("enc", "First token of a question")


class BlipVqa(Blip):
    name = "blip-vqa"
    title = "BLIP visual question answering"
    settings_type = VqaSettings
    network_type = BlipForQuestionAnswering

    def __init__(self, settings: VqaSettings, place: Place) -> None:
        super().__init__(settings, place)
        self.answers = [self.tokenizer.convert_tokens_to_ids(word) for word in ("yes", "no")]
        if self.tokenizer.unk_token_id in self.answers:
            raise Refused(f"The tokenizer in {place.folder} does not know 'yes' and 'no'.")
        # [DEC] and [ENC] stand right behind BERT's own vocabulary.
        self.begin = self.network.config.text_config.bos_token_id
        self.encode = self.begin + 1

    def compare(self, seen: torch.Tensor, tokens: torch.Tensor, text: str) -> torch.Tensor:
        if self.asked.begins_with == "enc":
            tokens = torch.cat([tokens.new_tensor([[self.encode]]), tokens[:, 1:]], dim=1)
        begin = tokens.new_full((len(seen), 1), self.begin)
        told = self.read(seen, tokens)
        made = self.network.text_decoder(input_ids=begin, encoder_hidden_states=told)
        logits = made.logits[:, 0].float()
        if self.asked.over == "yes_no":
            return logits[:, self.answers].softmax(dim=-1)[:, 0]
        return logits.softmax(dim=-1)[:, self.answers[0]]


SCORER = BlipVqa
