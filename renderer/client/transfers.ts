import { AppError, type ErrorData } from "../../shared/contract/errors";

const unreadable: ErrorData = {
  code: "INTERNAL",
  message: "The file did not reach Bellhop.",
  hint: "Check that Bellhop is still running, then try again.",
};

/** Gives a file to the host, by a request to the page's own origin. @returns a ticket @throws AppError */
export const uploadFile = async (file: File, headers: Record<string, string>): Promise<string> => {
  try {
    const response = await fetch("transfer/upload", {
      method: "PUT",
      headers: { ...headers, "x-bellhop-file-name": encodeURIComponent(file.name) },
      body: file,
    });
    const answer = (await response.json()) as { ok: true; value: string } | { ok: false; error: ErrorData };
    if (answer.ok) return answer.value;
    throw new AppError(answer.error);
  } catch (error) {
    throw error instanceof AppError ? error : new AppError(unreadable);
  }
};

/** Lets the browser save what a ticket stands for; the host sends it as an attachment. */
export const saveDownload = (ticket: string, name: string): void => {
  const link = document.createElement("a");
  link.href = `transfer/download/${encodeURIComponent(ticket)}`;
  link.download = name;
  link.click();
};
