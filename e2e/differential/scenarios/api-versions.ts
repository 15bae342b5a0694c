import { type Scenario, scenario } from "../scenario.ts";

const software = { clientSoftwareName: "differential", clientSoftwareVersion: "1.0" };

export const apiVersionsScenarios: readonly Scenario[] = [
  scenario("ApiVersions in every version", (side) => side.askEach("plain", "ApiVersions", () => software)),
  scenario("names of client software that are none", async (side) => {
    for (const name of ["", "-", "a b", "a-", "a.b-c", "ä"]) {
      await side.askEach(`software "${name}"`, "ApiVersions", () => ({ ...software, clientSoftwareName: name }));
      await side.askEach(`software version "${name}"`, "ApiVersions", () => ({ ...software, clientSoftwareVersion: name }));
    }
  }),
];
