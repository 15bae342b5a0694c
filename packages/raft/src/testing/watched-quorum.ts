import type { Quorum, QuorumFollower } from "../quorum.ts";

/** The same quorum, with a follower that somebody looks over the shoulder of. */
export function watchedQuorum(quorum: Quorum, watching: (follower: QuorumFollower) => QuorumFollower): Quorum {
  return {
    get role() {
      return quorum.role;
    },
    get leader() {
      return quorum.leader;
    },
    get nextOffset() {
      return quorum.nextOffset;
    },
    watchLeader: (watcher) => quorum.watchLeader(watcher),
    propose: (records) => quorum.propose(records),
    read: () => quorum.read(),
    follow: (follower) => quorum.follow(watching(follower)),
    snapshot: (offset, chunks) => quorum.snapshot(offset, chunks),
    describe: () => quorum.describe(),
    addVoter: (voter, options) => quorum.addVoter(voter, options),
    removeVoter: (id) => quorum.removeVoter(id),
    transfer: (to) => quorum.transfer(to),
    identify: (node) => quorum.identify(node),
    methods: () => quorum.methods(),
    close: () => quorum.close(),
  };
}
