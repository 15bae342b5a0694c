/** How often a leader says that it lives. Five may be late before anybody acts on it. */
export const heartbeatMs = 250;

/** A leader that is silent for so long is given up; each voter draws its own time, so that one stands before the others do. */
export const silenceMs = { first: 1500, last: 3000 } as const;

/** After a broken connection to the leader: several notice at the same time, and one of them should be first. */
export const brokenConnectionMsMax = 50;

/** Whoever said that it would vote for another one lets that one go first by a time from here to twice that: it stands within some syncs. */
export const giveWayMs = 100;

/** A round of votes that nobody answers ends after a time from here to twice that: several round trips and syncs. */
export const roundMs = 500;

/** After a round that was lost the next one waits for up to so long, and twice as long each time, up to the silence. */
export const lostRoundMs = 50;

/** A leader that hands over goes on by itself after so long: by then the other side would have won. */
export const transferMs = 1500;

/** A chunk of a snapshot that is not acknowledged after so long is sent again. */
export const chunkAgainMs = 2000;
