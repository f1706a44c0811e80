-- Read from the bands, so that rows that are there already get theirs here (a rewrite of the table: about 15 s for 10^5 of them).
create function teacup_sketch(bands integer[]) returns bit immutable strict parallel safe language sql
return (
  select string_agg((band & 65535)::bit(16)::text, '' order by place)::bit(1280)
  from unnest(bands) with ordinality as given(band, place)
);
--> statement-breakpoint
ALTER TABLE "concept_vector" ADD COLUMN "sketch" bit(1280) GENERATED ALWAYS AS (teacup_sketch(bands)) STORED NOT NULL;--> statement-breakpoint
CREATE INDEX "inquiry_reruns_idx" ON "inquiry" USING btree ("reruns_id");--> statement-breakpoint
-- For searching pairs by part of a word.
create index pair_words_trgm_idx on pair using gin (concept_a gin_trgm_ops, concept_b gin_trgm_ops, latent gin_trgm_ops);
