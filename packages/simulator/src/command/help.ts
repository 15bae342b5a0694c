const text = `Whole clusters by seed, in virtual time: faults, and what must hold all the same.

    npm run sim -- --seeds 200              runs seeds 1 to 200; the last line says how many failed
    npm run sim -- --seeds 50 --from 7000   the fifty from 7000 on
    npm run sim -- --minutes 60             as many as an hour takes, with a line of progress
    npm run sim -- --seed 4711              one of them again, event by event the same
    npm run sim -- --seed 4711 --log        and all that its processes logged

    npm run sim -- --seed 4711 --shrink     a failing one made small, and the command that runs what is left
    npm run sim -- --speed                  events a second, and times real time: busy, at 200 operations a second, idle
    npm run sim -- --mutants                plants bugs, one after the other, and prints how many seeds find each

      --cluster KIND      broker: one that is its own quorum; quorum: its nodes alone; controllers: three of them and a broker;
                          replicas: three to five brokers. Without it the seed draws
      --only 33           of the planted bugs, those whose names begin so
      --marks             prints how often each kind of fault, each answer and each start came about
      --stop-at-failure   runs no more seeds once one has failed
      --cuts JSON         leaves out of a seed what shrinking has left out

Exit codes: 0 everything held, 1 something did not, 2 usage.`;

/** Prints what the command can do. */
export function help(): number {
  console.log(text);
  return 0;
}
