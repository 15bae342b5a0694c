/** Three brokers, however they run, as the stories of failover treat them. */
export interface FailoverCluster extends AsyncDisposable {
  /** `host:port` of brokers 1, 2 and 3. */
  readonly addresses: readonly string[];
  /** Ends a broker as a crash does; it stays down. */
  kill(id: number): Promise<void>;
  /** Starts a broker that is down, or stops one in order and starts it again. Resolves when it serves. */
  restart(id: number): Promise<void>;
  /** Lets a broker stand still: its connections stay, and answer nothing. */
  pause(id: number): Promise<void>;
  resume(id: number): Promise<void>;
}
