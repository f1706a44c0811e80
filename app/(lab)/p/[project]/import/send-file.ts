import type { Source } from "./source";

/** Sends the file and tells how far it is; `fetch` could not. */
export function sendFile(
  project: string,
  { name, body }: Source,
  onProgress: (share: number) => void,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/api/imports?${new URLSearchParams({ project, name })}`);
    request.setRequestHeader("content-type", "application/octet-stream");
    request.responseType = "json";
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () => {
      const answer = request.response as { importId?: string; message?: string } | null;
      if (request.status === 200 && answer?.importId) resolve(answer.importId);
      else reject(new Error(answer?.message ?? "The file could not be sent; try again."));
    };
    request.onerror = () => reject(new Error("The server cannot be reached; try again."));
    request.send(body);
  });
}
