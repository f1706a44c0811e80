import { join } from "node:path";
import { storageHome } from "@/server/storage/home";

export const exportsFolder = (): string => join(storageHome(), "exports");
export const exportPath = (exportId: string): string => join(exportsFolder(), `${exportId}.zip`);
