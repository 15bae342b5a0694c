/*
 * What `journal.c` notes, and how. A note is a head, one or two paths and the bytes; numbers as this machine stores them (`journal.ts`
 * reads them):
 *
 *     0 kind u32    4 bytes of the first path u32    8 of the second u32    12 of the data u32    16 inode u64    24 position u64
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

enum kind { OPENED = 1, CREATED, WRITTEN, WRITTEN_THROUGH, ZEROED, TRUNCATED, SYNC_BEGAN, SYNC_ENDED, RENAMED, REMOVED, DIRECTORY_MADE };
struct head { uint32_t kind, path_bytes, second_bytes, data_bytes; uint64_t inode, position; };

static const char *root, *boot_id;
static size_t root_bytes;
static int journal = -1;
/* Held over a call and its note, so that notes are in the order of the calls. Not over a sync, which may take long. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

#define REAL(name) ((__typeof__(&name))real(#name))

static void *real(const char *name) {
  void *found = dlsym(RTLD_NEXT, name);
  if (found == NULL) abort();
  return found;
}

__attribute__((constructor)) static void begin(void) {
  root = getenv("POWER_ROOT");
  boot_id = getenv("POWER_BOOT_ID");
  const char *path = getenv("POWER_JOURNAL");
  if (root == NULL || boot_id == NULL || path == NULL) abort();
  root_bytes = strlen(root);
  journal = REAL(open)(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
  if (journal < 0) abort();
}

static void give_up(const char *what) {
  dprintf(STDERR_FILENO, "the journal of the disk cannot note %s\n", what);
  abort();
}

static void append(struct head head, const char *path, const char *second, const struct iovec *data, int count) {
  struct iovec parts[IOV_MAX];
  if (count > IOV_MAX - 3) give_up("so many buffers at once");
  parts[0] = (struct iovec){&head, sizeof head};
  parts[1] = (struct iovec){(void *)path, head.path_bytes};
  parts[2] = (struct iovec){(void *)second, head.second_bytes};
  for (int index = 0; index < count; index++) parts[3 + index] = data[index];
  size_t bytes = sizeof head + head.path_bytes + head.second_bytes + head.data_bytes;
  if (REAL(writev)(journal, parts, 3 + count) != (ssize_t)bytes) give_up("anything: its own write failed");
}

static void note(enum kind kind, uint64_t inode, uint64_t position) {
  append((struct head){.kind = kind, .inode = inode, .position = position}, NULL, NULL, NULL, 0);
}

static void note_names(enum kind kind, uint64_t inode, const char *path, const char *second) {
  struct head head = {.kind = kind, .inode = inode, .path_bytes = strlen(path), .second_bytes = strlen(second)};
  append(head, path, second, NULL, 0);
}
