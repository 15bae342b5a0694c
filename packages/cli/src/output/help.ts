import type { OutputConfiguration } from "commander";

/** How help and errors about a call are written: as all other errors are, and quietly where nobody reads any more (`| head`). */
export const helpOutput: OutputConfiguration = {
  writeOut: (text) => writeTo(process.stdout, text),
  writeErr: (text) => writeTo(process.stderr, text),
  outputError: (text, write) => write(text.replace(/^error: /, "millrace: ")),
};

function writeTo(stream: NodeJS.WriteStream, text: string): void {
  stream.off("error", passOverBrokenPipe).on("error", passOverBrokenPipe);
  stream.write(text);
}

function passOverBrokenPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
}
