import type { Reporter, TestModule } from "vitest/node";

/** Ends a run with what was left out, and why, and with the line `N passed, N failed`. */
export default class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    let passed = 0;
    let failed = errors.length;
    const leftOut: string[] = [];
    for (const module of modules) {
      if (module.errors().length > 0) failed++;
      // A suite whose set-up fails leaves its tests out; that is no pass.
      for (const suite of module.children.allSuites()) failed += suite.errors().length;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === "passed") passed++;
        else if (state === "failed") failed++;
        else leftOut.push(`${module.relativeModuleId} > ${test.fullName}`);
      }
    }
    if (leftOut.length > 0) console.log(`\nleft out, ${leftOut.length}:\n${leftOut.map((name) => `  ${name}`).join("\n")}`);
    console.log(`\n${passed} passed, ${failed} failed`);
  }
}
