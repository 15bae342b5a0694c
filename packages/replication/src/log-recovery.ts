import type { Logger } from "@millrace/runtime";
import type { LogDirectory } from "@millrace/storage";
import type { TopicId } from "@millrace/vocabulary";
import type { LiveSettings } from "./live-settings.ts";
import type { LogTasks } from "./log-tasks.ts";

export interface LogRecoveryParts {
  readonly directory: LogDirectory;
  readonly logger: Logger;
  readonly tasks: LogTasks;
  readonly settingsOf: (topicId: TopicId) => LiveSettings;
}

/** Opens every log that lies in a directory. Where one lacks records that it had, the directory notes that a loss is owed to the cluster. */
export async function recoverLogs({ directory, logger, tasks, settingsOf }: LogRecoveryParts): Promise<void> {
  let isLossy = false;
  for (const { topicId, partition } of directory.found) {
    const settings = settingsOf(topicId);
    tasks.add("log not opened", { topicId, partition }, async () => {
      const log = await directory.openLog(topicId, partition, () => settings.current);
      if (log.lostRecords) logger.error("records are lost", { topicId, partition, logEnd: log.logEnd });
      isLossy ||= log.lostRecords;
    });
  }
  await tasks.settled();
  if (isLossy) await directory.noteLoss();
}
