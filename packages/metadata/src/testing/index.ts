/** What tests of the metadata, and of what decides over it, need. */

export { printImage, printRecord } from "./print.ts";
