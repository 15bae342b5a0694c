import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { askWho, whoAnswer } from "@millrace/controller";
import type { Clock } from "@millrace/runtime";
import { realClock, realLogger, realSockets } from "@millrace/runtime/real";
import { BrokerId, Configuration, type Uuid } from "@millrace/vocabulary";
import { afterEach, expect, test } from "vitest";
import { FrontDoor } from "../src/index.ts";

const own = { broker: BrokerId(7), incarnation: "aW5jYXJuYXRpb24taW5jYQ" as Uuid };
const world = { sockets: realSockets, clock: realClock };
/** Whoever has not answered when the question has gone out has not answered. */
const impatient: Clock = { ...realClock, timer: (_, callback) => realClock.timer(0, callback) };

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** A port where somebody else listens. */
async function portOf(accept: (socket: Socket) => void): Promise<number> {
  const server = createServer(accept);
  servers.push(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

function at(port: number, host = "127.0.0.1") {
  return { listeners: [{ name: "PLAINTEXT", host, port }] };
}

test("a port says who is there before the broker behind it serves, and closes the connection", async () => {
  const logger = realLogger({ level: "error", form: "json" });
  const door = new FrontDoor({ clock: realClock, logger, configuration: new Configuration(), who: whoAnswer(own) });
  const { port } = await door.listen({ host: "127.0.0.1", port: 0 });
  expect(await askWho(world, at(port))).toEqual(own);
  while (door.connections > 0) await new Promise((resolve) => setImmediate(resolve));
  await door.close();
  expect(await askWho(world, at(port))).toBe("refused");
});

test.each<[string, (socket: Socket) => void]>([
  ["closes the connection", (socket) => socket.destroy()],
  ["says something else", (socket) => socket.end("SSH-2.0-x\r\n")],
  ["never ends its line", (socket) => socket.write(Buffer.alloc(10_000, "M"))],
])("a program that %s has answered nothing, and is not taken for nobody", async (_, accept) => {
  const port = await portOf((socket) => {
    socket.on("error", () => {});
    accept(socket);
  });
  expect(await askWho(world, at(port))).toBe("none");
});

test("a process that takes the connection and says nothing is waited for no longer than its time", async () => {
  const port = await portOf((socket) => void socket.on("error", () => {}));
  expect(await askWho({ sockets: realSockets, clock: impatient }, at(port))).toBe("none");
});

test("an address that is every address of a machine is not dialled", async () => {
  for (const host of ["", "0.0.0.0", "::"]) expect(await askWho(world, at(1, host))).toBe("none");
  expect(await askWho(world, { listeners: [] })).toBe("none");
});
