ALTER TYPE "public"."exchange_purpose" ADD VALUE 'find_phrases' BEFORE 'propose_patterns';--> statement-breakpoint
ALTER TYPE "public"."exchange_purpose" ADD VALUE 'reword_prompts' BEFORE 'propose_patterns';--> statement-breakpoint
ALTER TYPE "public"."method_input_kind" ADD VALUE 'phrases';--> statement-breakpoint
ALTER TYPE "public"."method_input_kind" ADD VALUE 'rewording';