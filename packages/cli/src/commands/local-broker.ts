import { resolve } from "node:path";
import { Command } from "commander";
import { wholeNumber } from "../option-values.ts";
import { dataOption } from "./up.ts";

/** `millrace kill N` */
export function killCommand(): Command {
  return orderCommand("kill", "kill a broker of millrace up, as a crash would; it stays down until millrace restart");
}

/** `millrace pause N` */
export function pauseCommand(): Command {
  return orderCommand("pause", "let a broker of millrace up stand still: its connections stay, and answer nothing");
}

/** `millrace restart N` */
export function restartCommand(): Command {
  return orderCommand("restart", "start a broker of millrace up that was killed, let a paused one go on, or stop and start one that runs");
}

function orderCommand(verb: "kill" | "pause" | "restart", description: string): Command {
  return new Command(verb)
    .description(description)
    .argument("<broker>", "its number, from 1 on", wholeNumber(1))
    .addOption(dataOption())
    .addHelpText("after", `\nExample:\n  millrace ${verb} 2 --data /tmp/orders`)
    .action(async (broker: number, { data }: { readonly data: string }) => {
      const { giveOrder } = await import("../up/orders.ts");
      console.log(await giveOrder(resolve(data), { verb, broker }));
    });
}
