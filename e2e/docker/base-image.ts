import { execFileSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const certificates = "/etc/ssl/certs/ca-certificates.crt";

/**
 * Makes an image with Node and a shell out of what is on this machine, for where no image can be pulled: our own Node with the
 * libraries that it needs, npm, and busybox.
 *
 * @param name what the image is called; every test has its own, since it removes it
 */
export function importBaseImage(name: string): void {
  const rootfs = mkdtempSync(join(tmpdir(), "millrace-rootfs-"));
  try {
    for (const directory of ["usr/bin", "bin", "tmp", "etc", "root", "usr/lib/node_modules"])
      mkdirSync(join(rootfs, directory), { recursive: true });
    // A temporary folder is its maker's alone, and an image belongs to whoever runs in it.
    chmodSync(rootfs, 0o755);
    chmodSync(join(rootfs, "tmp"), 0o1777);
    const node = realpathSync(process.execPath);
    put(rootfs, node, "usr/bin/node");
    for (const library of libraries()) put(rootfs, library, library);
    put(rootfs, "/bin/busybox", "bin/busybox");
    for (const applet of ["sh", "env", "mkdir", "chown", "ls", "cat", "sleep", "rm"])
      symlinkSync("/bin/busybox", join(rootfs, applet === "env" ? "usr/bin/env" : `bin/${applet}`));
    putNpm(rootfs);
    writeFileSync(join(rootfs, "etc/passwd"), "root:x:0:0:root:/root:/bin/sh\nnode:x:1000:1000:node:/tmp:/bin/sh\n");
    if (existsSync(certificates)) put(rootfs, certificates, certificates);
    // Whom this machine trusts, the image trusts: its registry may be behind a proxy with a certificate of its own.
    const trust = `--change "ENV NODE_EXTRA_CA_CERTS=${certificates}"`;
    execFileSync("sh", ["-c", `tar -C "${rootfs}" -c . | docker import ${trust} - ${name}`], { stdio: "ignore" });
  } finally {
    rmSync(rootfs, { recursive: true, force: true });
  }
}

function put(rootfs: string, from: string, to: string): void {
  const target = join(rootfs, to);
  mkdirSync(dirname(target), { recursive: true });
  copyFileSync(realpathSync(from), target);
}

/** The shared objects that Node, native modules and other programs of npm load, by Debian's packages. */
function libraries(): string[] {
  const listed = execFileSync("dpkg", ["-L", "libc6", "libgcc-s1", "libstdc++6", "libatomic1"], { encoding: "utf8" });
  return listed.split("\n").filter((path) => /\.so(\.|$)/.test(path) && !path.includes("/gconv/") && statSync(path).isFile());
}

function putNpm(rootfs: string): void {
  const program = execFileSync("sh", ["-c", "command -v npm"], { encoding: "utf8" }).trim();
  const folder = dirname(dirname(realpathSync(program)));
  cpSync(folder, join(rootfs, "usr/lib/node_modules/npm"), { recursive: true, dereference: true });
  for (const name of ["npm", "npx"]) symlinkSync(`../lib/node_modules/npm/bin/${name}-cli.js`, join(rootfs, "usr/bin", name));
}
