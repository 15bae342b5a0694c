/**
 * Passes over what Node warns of in kafkajs 2.2.4: timers of negative length, and a listener for each time that it gives up a socket
 * that is still connecting. Other warnings are printed as ever.
 */
export function passOverWarningsOfKafkajs(): void {
  process.removeAllListeners("warning");
  process.on("warning", (warning) => {
    if (!warning.stack?.includes("/kafkajs/")) console.error(warning.stack);
  });
}
