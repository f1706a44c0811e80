import { join } from "node:path";
import { storageHome } from "@/server/storage/home";

export const importsFolder = (): string => join(storageHome(), "imports");
export const importPath = (importId: string): string => join(importsFolder(), importId);
