import { Button } from "@/app/_ui/button";

/** The end of a settings form: its button, and why the last try was refused. */
export function SaveRow({
  label = "Save",
  isMain = true,
  save,
  missing,
}: {
  label?: string;
  isMain?: boolean;
  save: { isPending: boolean; error: { message: string } | null };
  missing: string | false | undefined;
}) {
  return (
    <div className="flex items-center gap-3">
      <Button
        type="submit"
        variant={isMain ? "primary" : "outlined"}
        busy={save.isPending && "Saving"}
        notReady={missing}
      >
        {label}
      </Button>
      {save.error ? (
        <p role="alert" className="text-bad">
          {save.error.message}
        </p>
      ) : null}
    </div>
  );
}
