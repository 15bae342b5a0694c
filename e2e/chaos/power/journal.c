/*
 * Preloaded into a broker (LD_PRELOAD), notes every change to files and names below POWER_ROOT in the file POWER_JOURNAL, in the order
 * in which the kernel took them, and what was synced: enough to tell what a power cut could have left. A note is written when its call
 * has succeeded; of a sync there are two, since it covers only what was written before it began. A call that changes files in a way
 * that is not noted ends the process, so that nothing passes by unseen. The boot id that the kernel tells is taken from POWER_BOOT_ID.
 */
#include "notes.h"
#include <errno.h>
#include <stdarg.h>
#include <sys/mman.h>
#include <sys/stat.h>

/* By descriptor: the file below the root that was opened as this one. It may be closed since, and the number be another's. A broker has
   fewer. */
#define DESCRIPTORS_MAX (1 << 20)
static struct { dev_t device; ino_t inode; int is_written_through; } opened[DESCRIPTORS_MAX];

/* The path below the root, absolute; NULL where it lies elsewhere. */
static const char *below_root(int directory, const char *path, char *into) {
  if (path[0] != '/') {
    char link[64];
    if (directory == AT_FDCWD) snprintf(link, sizeof link, "/proc/self/cwd");
    else snprintf(link, sizeof link, "/proc/self/fd/%d", directory);
    ssize_t length = readlink(link, into, PATH_MAX - 1);
    if (length < 0) return NULL;
    snprintf(into + length, PATH_MAX - length, "/%s", path);
    path = into;
  }
  return strncmp(path, root, root_bytes) == 0 && (path[root_bytes] == '/' || path[root_bytes] == 0) ? path : NULL;
}

static int is_watched(int fd) {
  struct stat found;
  if (fd < 0 || fd >= DESCRIPTORS_MAX || opened[fd].inode == 0) return 0;
  return fstat(fd, &found) == 0 && found.st_ino == opened[fd].inode && found.st_dev == opened[fd].device;
}

static void watch(int fd, int flags) {
  struct stat found;
  if (fd >= DESCRIPTORS_MAX || fstat(fd, &found) != 0) give_up("such a descriptor");
  opened[fd].device = found.st_dev;
  opened[fd].inode = found.st_ino;
  opened[fd].is_written_through = (flags & O_DSYNC) != 0;
}

/* Files and directories are noted; sockets and pipes have nothing that a power cut could take. */
static int is_kept(const char *path) {
  struct stat found;
  return lstat(path, &found) == 0 && (S_ISREG(found.st_mode) || S_ISDIR(found.st_mode));
}

/* lmdb's table of readers, which is made anew by whoever opens the store first. */
static int is_lock(int fd) {
  char link[64], path[PATH_MAX] = "";
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  return readlink(link, path, sizeof path - 1) > 0 && strcmp(strrchr(path, '/'), "/lock.mdb") == 0;
}

/* Opening. */

static int open_and_note(int directory, const char *path, int flags, mode_t mode) {
  if (strcmp(path, "/proc/sys/kernel/random/boot_id") == 0) path = boot_id;
  char absolute[PATH_MAX];
  const char *below = below_root(directory, path, absolute);
  if (below == NULL) return REAL(openat)(directory, path, flags, mode);
  if ((flags & O_TMPFILE) == O_TMPFILE) give_up("a file without a name");
  pthread_mutex_lock(&lock);
  int is_new = (flags & O_CREAT) != 0 && access(below, F_OK) != 0;
  int fd = REAL(openat)(directory, path, flags, mode);
  int error = errno;
  if (fd >= 0) {
    watch(fd, flags);
    note_names(is_new ? CREATED : OPENED, opened[fd].inode, below, "");
    if ((flags & O_TRUNC) != 0 && !is_new) note(TRUNCATED, opened[fd].inode, 0);
  }
  pthread_mutex_unlock(&lock);
  errno = error;
  return fd;
}

/* The mode is there only where a file may be made. */
#define MODE(flags, mode)                        \
  mode_t mode = 0;                               \
  if ((flags & (O_CREAT | O_TMPFILE)) != 0) {    \
    va_list rest;                                \
    va_start(rest, flags);                       \
    mode = va_arg(rest, mode_t);                 \
    va_end(rest);                                \
  }

#define OPEN(name)                                       \
  int name(const char *path, int flags, ...) {           \
    MODE(flags, mode)                                    \
    return open_and_note(AT_FDCWD, path, flags, mode);   \
  }
OPEN(open)
OPEN(open64)

#define OPEN_AT(name)                                           \
  int name(int directory, const char *path, int flags, ...) {   \
    MODE(flags, mode)                                           \
    return open_and_note(directory, path, flags, mode);         \
  }
OPEN_AT(openat)
OPEN_AT(openat64)

/* Writing. */

static int is_zero(const struct iovec *data, int count) {
  for (int index = 0; index < count; index++) {
    const unsigned char *bytes = data[index].iov_base;
    size_t length = data[index].iov_len;
    if (length > 0 && (bytes[0] != 0 || memcmp(bytes, bytes + 1, length - 1) != 0)) return 0;
  }
  return 1;
}

/* What was written of the buffers, which may be less than all. Zeros are only counted: a broker keeps a file of them. */
static void note_written(int fd, const struct iovec *data, uint64_t position, size_t written) {
  struct iovec parts[IOV_MAX];
  int used = 0;
  for (size_t left = written; left > 0; left -= parts[used++].iov_len) {
    parts[used] = data[used];
    if (parts[used].iov_len > left) parts[used].iov_len = left;
  }
  struct head head = {.kind = opened[fd].is_written_through ? WRITTEN_THROUGH : WRITTEN, .inode = opened[fd].inode, .position = position};
  if (head.kind == WRITTEN && is_zero(parts, used)) {
    uint64_t length = written;
    head.kind = ZEROED;
    parts[0] = (struct iovec){&length, sizeof length};
    head.data_bytes = sizeof length;
    append(head, NULL, NULL, parts, 1);
  } else {
    head.data_bytes = written;
    append(head, NULL, NULL, parts, used);
  }
}

/* At a position, or where the descriptor stands: -1. */
static ssize_t write_and_note(int fd, const struct iovec *data, int count, off_t position) {
  pthread_mutex_lock(&lock);
  ssize_t written = position < 0 ? REAL(writev)(fd, data, count) : REAL(pwritev)(fd, data, count, position);
  int error = errno;
  if (written > 0) note_written(fd, data, position < 0 ? lseek(fd, 0, SEEK_CUR) - written : position, written);
  pthread_mutex_unlock(&lock);
  errno = error;
  return written;
}

#define PWRITE(name)                                                                    \
  ssize_t name(int fd, const void *bytes, size_t length, off_t position) {              \
    if (!is_watched(fd)) return REAL(name)(fd, bytes, length, position);                \
    return write_and_note(fd, &(struct iovec){(void *)bytes, length}, 1, position);     \
  }
PWRITE(pwrite)
PWRITE(pwrite64)

#define PWRITEV(name)                                                                 \
  ssize_t name(int fd, const struct iovec *data, int count, off_t position) {         \
    if (!is_watched(fd)) return REAL(name)(fd, data, count, position);                \
    return write_and_note(fd, data, count, position);                                 \
  }
PWRITEV(pwritev)
PWRITEV(pwritev64)

ssize_t write(int fd, const void *bytes, size_t length) {
  if (!is_watched(fd)) return REAL(write)(fd, bytes, length);
  return write_and_note(fd, &(struct iovec){(void *)bytes, length}, 1, -1);
}

ssize_t writev(int fd, const struct iovec *data, int count) {
  if (!is_watched(fd)) return REAL(writev)(fd, data, count);
  return write_and_note(fd, data, count, -1);
}

#define FTRUNCATE(name)                                                       \
  int name(int fd, off_t size) {                                              \
    if (!is_watched(fd)) return REAL(name)(fd, size);                         \
    pthread_mutex_lock(&lock);                                                \
    int result = REAL(name)(fd, size), error = errno;                         \
    if (result == 0) note(TRUNCATED, opened[fd].inode, size);                     \
    pthread_mutex_unlock(&lock);                                              \
    errno = error;                                                            \
    return result;                                                            \
  }
FTRUNCATE(ftruncate)
FTRUNCATE(ftruncate64)

/* Syncing, of files and of directories. */

static uint64_t syncs;

#define SYNC(name)                                                            \
  int name(int fd) {                                                          \
    if (!is_watched(fd)) return REAL(name)(fd);                               \
    pthread_mutex_lock(&lock);                                                \
    uint64_t number = ++syncs, inode = opened[fd].inode;                          \
    note(SYNC_BEGAN, inode, number);                                          \
    pthread_mutex_unlock(&lock);                                              \
    int result = REAL(name)(fd), error = errno;                               \
    pthread_mutex_lock(&lock);                                                \
    if (result == 0) note(SYNC_ENDED, inode, number);                         \
    pthread_mutex_unlock(&lock);                                              \
    errno = error;                                                            \
    return result;                                                            \
  }
SYNC(fsync)
SYNC(fdatasync)

/* Names. */

static int remove_and_note(int directory, const char *path, int flags) {
  char absolute[PATH_MAX];
  const char *below = below_root(directory, path, absolute);
  pthread_mutex_lock(&lock);
  int was_kept = below != NULL && is_kept(below);
  int result = REAL(unlinkat)(directory, path, flags), error = errno;
  if (result == 0 && was_kept) note_names(REMOVED, 0, below, "");
  pthread_mutex_unlock(&lock);
  errno = error;
  return result;
}

int unlink(const char *path) { return remove_and_note(AT_FDCWD, path, 0); }
int rmdir(const char *path) { return remove_and_note(AT_FDCWD, path, AT_REMOVEDIR); }
int unlinkat(int directory, const char *path, int flags) { return remove_and_note(directory, path, flags); }

int rename(const char *from, const char *to) {
  char absolute[PATH_MAX], other[PATH_MAX];
  const char *source = below_root(AT_FDCWD, from, absolute), *target = below_root(AT_FDCWD, to, other);
  if ((source == NULL) != (target == NULL)) give_up("a file that comes in or goes out");
  pthread_mutex_lock(&lock);
  int result = REAL(rename)(from, to), error = errno;
  if (result == 0 && source != NULL) note_names(RENAMED, 0, source, target);
  pthread_mutex_unlock(&lock);
  errno = error;
  return result;
}

int mkdir(const char *path, mode_t mode) {
  char absolute[PATH_MAX];
  const char *below = below_root(AT_FDCWD, path, absolute);
  pthread_mutex_lock(&lock);
  int result = REAL(mkdir)(path, mode), error = errno;
  if (result == 0 && below != NULL) note_names(DIRECTORY_MADE, 0, below, "");
  pthread_mutex_unlock(&lock);
  errno = error;
  return result;
}

/* Calls that would change files and are not noted. */

#define REFUSE_PATH(name, parameters, path, arguments)            \
  int name parameters {                                           \
    char absolute[PATH_MAX];                                      \
    if (below_root(AT_FDCWD, path, absolute)) give_up(#name);     \
    return REAL(name) arguments;                                  \
  }
REFUSE_PATH(truncate, (const char *path, off_t size), path, (path, size))
REFUSE_PATH(link, (const char *from, const char *to), to, (from, to))
REFUSE_PATH(symlink, (const char *from, const char *to), to, (from, to))
REFUSE_PATH(remove, (const char *path), path, (path))

void *mmap64(void *at, size_t length, int protection, int flags, int fd, off_t position) {
  if (is_watched(fd) && (protection & PROT_WRITE) != 0 && (flags & MAP_SHARED) != 0 && !is_lock(fd)) give_up("writes through a map");
  return REAL(mmap64)(at, length, protection, flags, fd, position);
}
