import type { BoardCell } from "@/server/mining/domain/pair-board";

/** What a combination is to the project, after its name and a colon. */
export function cellWords(cell: BoardCell): string {
  switch (cell.kind) {
    case "free":
      return "new";
    case "known":
      return `in the project, ${cell.state.replace("_", " ")}`;
    case "alike":
      return `reads like ${cell.twin}`;
    case "repeat":
      return "the same pair as another cell";
    case "same":
      return "one concept on both sides";
  }
}
