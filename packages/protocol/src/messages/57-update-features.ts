import { array, bool, errorCode, int16, int32, int8, string, throttleTimeMs } from "../declaration/fields.ts";
import { request, response } from "../declaration/message.ts";

/** Changes which level of a feature the cluster has finalised (KIP-584). */
export const UpdateFeaturesRequest = request("UpdateFeatures", { key: 57, versions: "0-2", flexible: "0+" }).fields({
  timeoutMs: int32({ absent: 60_000 }),
  featureUpdates: array({
    feature: string(),
    /** 0 or less: the feature goes. */
    maxVersionLevel: int16(),
    allowDowngrade: bool({ versions: "0" }),
    /** 1: upgrade only; 2: a downgrade that loses nothing, too; 3: any. */
    upgradeType: int8({ versions: "1+", absent: 1 }),
  }),
  validateOnly: bool({ versions: "1+", absent: false }),
});

export const UpdateFeaturesResponse = response("UpdateFeatures", { key: 57, versions: "0-2", flexible: "0+" }).fields({
  throttleTimeMs: throttleTimeMs(),
  /** From version 2 on it stands for every feature: all are updated, or none. */
  errorCode: errorCode(),
  errorMessage: string({ nullable: "0+" }),
  results: array({
    feature: string(),
    errorCode: errorCode(),
    errorMessage: string({ nullable: "0+" }),
  }).with({ versions: "0-1", ignorable: true }),
});
