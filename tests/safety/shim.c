/* What a program does to the files below one folder, seen between it and the C library (LD_PRELOAD).
 *
 * SAFETY_ROOT  the folder, resolved
 * SAFETY_LOG   append every change of a file or folder there to this file, with its data, and what goes to
 *              standard output (see record() for the form; recorded.py reads it)
 * SAFETY_KILL  end the process (SIGKILL) at this change, counted from 1, instead of making it
 * SAFETY_HALF  set: of a write, half is made first, in whole sectors
 * SAFETY_FAULT instead of ending the process, the system refuses with this error number: of ENOSPC and EDQUOT every
 *              change that takes room from that one on (counted among those alone), of any other that change only
 *
 * The last three hold for the first process alone; the others are handed on to its children.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define SECTOR 512

static char root[PATH_MAX];
static size_t root_length;
static int log_file = -1;
static long kill_at, seen;
static int half, fault, full;
static pthread_mutex_t mutex = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;

#define REAL(name) \
    static __typeof__(name) *real; \
    if (!real) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

__attribute__((constructor)) static void begin(void) {
    const char *folder = getenv("SAFETY_ROOT"), *log = getenv("SAFETY_LOG"), *at = getenv("SAFETY_KILL");
    const char *number = getenv("SAFETY_FAULT");
    if (!folder) return;
    snprintf(root, sizeof root, "%s", folder);
    root_length = strlen(root);
    half = getenv("SAFETY_HALF") != NULL;
    kill_at = at ? atol(at) : 0;
    fault = number ? atoi(number) : 0;
    full = fault == ENOSPC || fault == EDQUOT;
    unsetenv("SAFETY_FAULT");
    unsetenv("SAFETY_KILL");
    unsetenv("SAFETY_HALF");
    if (log) {
        int low = (int)syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
        log_file = low < 0 ? low : fcntl(low, F_DUPFD_CLOEXEC, 200);
        if (low >= 0) syscall(SYS_close, low);
    }
}

static int below(const char *path) {
    return root_length && !strncmp(path, root, root_length) && (!path[root_length] || path[root_length] == '/');
}

/* Whether a name, relative or absolute, is below the folder; its full form in `full`. */
static int named(const char *path, char *full) {
    if (!root_length || !path) return 0;
    if (path[0] == '/') {
        snprintf(full, PATH_MAX, "%s", path);
    } else {
        char here[PATH_MAX];
        if (!getcwd(here, sizeof here)) return 0;
        if (snprintf(full, PATH_MAX, "%s/%s", here, path) >= PATH_MAX) return 0;
    }
    return below(full);
}

/* The number of an open file below the folder; 0 for any other. */
static uint64_t held(int fd) {
    char link[64], path[PATH_MAX];
    struct stat about;
    if (!root_length || fd < 0 || fd == log_file) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length <= 0) return 0;
    path[length] = 0;
    return below(path) && !fstat(fd, &about) ? about.st_ino : 0;
}

static uint64_t number_of(const char *path) {
    struct stat about;
    return stat(path, &about) ? 0 : about.st_ino;
}

static void record(char what, uint64_t number, int64_t place, const void *data, size_t length, const char *other) {
    struct __attribute__((packed)) {
        char what;
        uint64_t number;
        int64_t place;
        uint32_t length, other;
    } head = {what, number, place, (uint32_t)length, other ? (uint32_t)strlen(other) : 0};
    if (log_file < 0) return;
    struct iovec parts[3] = {{&head, sizeof head}, {(void *)data, length}, {(void *)other, head.other}};
    int kept = errno;
    syscall(SYS_writev, log_file, parts, 3);
    errno = kept;
}

/* Before each change: whether the process ends here. */
static int due(void) {
    return kill_at && !fault && ++seen == kill_at;
}

/* Before each change: whether the system refuses it.  room: it takes some of the disk's. */
static int refused(int room) {
    if (!fault || (full && !room)) return 0;
    seen++;
    if (full ? seen < kill_at : seen != kill_at) return 0;
    errno = fault;
    return 1;
}

static void end(void) {
    kill(getpid(), SIGKILL);
    for (;;) pause();
}

#define LOCK pthread_mutex_lock(&mutex)
#define UNLOCK pthread_mutex_unlock(&mutex)

static int opened(int (*real)(int, const char *, int, ...), int folder, const char *path, int flags, mode_t mode) {
    char full[PATH_MAX];
    if (!(flags & (O_CREAT | O_TRUNC)) || (folder != AT_FDCWD && path[0] != '/') || !named(path, full))
        return real(folder, path, flags, mode);
    LOCK;
    int fresh = !number_of(full);
    if (due()) end();
    if (fresh && refused(0)) { UNLOCK; return -1; } /* a name still fits on a full ext4 or NTFS */
    int fd = real(folder, path, flags, mode);
    if (fd >= 0 && fresh) record('C', held(fd), 0, full, strlen(full), NULL);
    else if (fd >= 0 && (flags & O_TRUNC)) record('T', held(fd), 0, NULL, 0, NULL);
    UNLOCK;
    return fd;
}

#define MODE \
    mode_t mode = 0; \
    if (flags & (O_CREAT | __O_TMPFILE)) { va_list rest; va_start(rest, flags); mode = va_arg(rest, mode_t); va_end(rest); }

int openat(int folder, const char *path, int flags, ...) { REAL(openat); MODE; return opened(real, folder, path, flags, mode); }
int openat64(int folder, const char *path, int flags, ...) { REAL(openat64); MODE; return opened(real, folder, path, flags, mode); }
int open(const char *path, int flags, ...) {
    static int (*real)(int, const char *, int, ...);
    if (!real) real = (int (*)(int, const char *, int, ...))dlsym(RTLD_NEXT, "openat");
    MODE;
    return opened(real, AT_FDCWD, path, flags, mode);
}
int open64(const char *path, int flags, ...) {
    static int (*real)(int, const char *, int, ...);
    if (!real) real = (int (*)(int, const char *, int, ...))dlsym(RTLD_NEXT, "openat64");
    MODE;
    return opened(real, AT_FDCWD, path, flags, mode);
}

/* place < 0: where the file stands. */
static ssize_t written(int fd, const struct iovec *parts, int count, off64_t place) {
    uint64_t number = held(fd);
    size_t length = 0;
    char *data = NULL;
    for (int i = 0; i < count; i++) length += parts[i].iov_len;
    if (number || (fd == 1 && log_file >= 0)) {
        data = malloc(length ? length : 1);
        size_t at = 0;
        for (int i = 0; i < count; i++) memcpy(data + at, parts[i].iov_base, parts[i].iov_len), at += parts[i].iov_len;
    }
    if (number) {
        LOCK;
        /* What is there already can be written over on a full disk. */
        struct stat about;
        off64_t from = place >= 0 ? place : (fcntl(fd, F_GETFL) & O_APPEND) ? LONG_MAX / 2 : lseek64(fd, 0, SEEK_CUR);
        if (refused(!fstat(fd, &about) && from + (off64_t)length > about.st_size)) { UNLOCK; free(data); return -1; }
        if (due()) {
            if (half && place < 0) syscall(SYS_write, fd, data, length / 2 / SECTOR * SECTOR);
            else if (half) syscall(SYS_pwrite64, fd, data, length / 2 / SECTOR * SECTOR, place);
            end();
        }
    }
    off64_t at = place >= 0 ? place : number ? ((fcntl(fd, F_GETFL) & O_APPEND) ? lseek64(fd, 0, SEEK_END) : lseek64(fd, 0, SEEK_CUR)) : 0;
    ssize_t done = place < 0 ? syscall(SYS_writev, fd, parts, count) : syscall(SYS_pwritev, fd, parts, count, (long)place, 0L);
    if (data && done > 0) record(number ? 'W' : 'A', number, at, data, (size_t)done, NULL);
    if (number) UNLOCK;
    free(data);
    return done;
}

ssize_t write(int fd, const void *data, size_t length) { struct iovec one = {(void *)data, length}; return written(fd, &one, 1, -1); }
ssize_t pwrite(int fd, const void *data, size_t length, off_t at) { struct iovec one = {(void *)data, length}; return written(fd, &one, 1, at); }
ssize_t pwrite64(int fd, const void *data, size_t length, off64_t at) { struct iovec one = {(void *)data, length}; return written(fd, &one, 1, at); }
ssize_t writev(int fd, const struct iovec *parts, int count) { return written(fd, parts, count, -1); }
ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t at) { return written(fd, parts, count, at); }
ssize_t pwritev64(int fd, const struct iovec *parts, int count, off64_t at) { return written(fd, parts, count, at); }

/* Copies inside the kernel become ordinary writes: whoever asks has a way without. */
ssize_t sendfile(int to, int from, off_t *at, size_t length) {
    REAL(sendfile);
    if (held(to)) { errno = ENOSYS; return -1; }
    return real(to, from, at, length);
}
ssize_t sendfile64(int to, int from, off64_t *at, size_t length) {
    REAL(sendfile64);
    if (held(to)) { errno = ENOSYS; return -1; }
    return real(to, from, at, length);
}
ssize_t copy_file_range(int from, off64_t *at, int to, off64_t *there, size_t length, unsigned flags) {
    REAL(copy_file_range);
    if (held(to)) { errno = ENOSYS; return -1; }
    return real(from, at, to, there, length, flags);
}

static int cut(int fd, off64_t size) {
    uint64_t number = held(fd);
    struct stat about;
    if (number) { LOCK; if (due()) end(); }
    if (number && refused(!fstat(fd, &about) && size > about.st_size)) { UNLOCK; return -1; }
    int done = (int)syscall(SYS_ftruncate, fd, size);
    if (number) { if (!done) record('T', number, size, NULL, 0, NULL); UNLOCK; }
    return done;
}
int ftruncate(int fd, off_t size) { return cut(fd, size); }
int ftruncate64(int fd, off64_t size) { return cut(fd, size); }

static int synced(int (*real)(int), int fd) {
    uint64_t number = held(fd);
    if (number) { LOCK; if (due()) end(); }
    if (number && refused(0)) { UNLOCK; return -1; }
    int done = real(fd);
    if (number) { if (!done) record('S', number, 0, NULL, 0, NULL); UNLOCK; }
    return done;
}
int fsync(int fd) { REAL(fsync); return synced(real, fd); }
int fdatasync(int fd) { REAL(fdatasync); return synced(real, fd); }

#define TWO_NAMES(letter, call) \
    char a[PATH_MAX], b[PATH_MAX]; \
    int ours = named(from, a); \
    ours = named(to, b) || ours; \
    if (ours) { LOCK; if (due()) end(); } \
    if (ours && refused(letter == 'L')) { UNLOCK; return -1; } \
    int done = call; \
    if (ours) { if (!done) record(letter, number_of(b), 0, a, strlen(a), b); UNLOCK; } \
    return done

int rename(const char *from, const char *to) { REAL(rename); TWO_NAMES('R', real(from, to)); }
int renameat(int f, const char *from, int t, const char *to) { REAL(renameat); TWO_NAMES('R', real(f, from, t, to)); }
int renameat2(int f, const char *from, int t, const char *to, unsigned flags) { REAL(renameat2); TWO_NAMES('R', real(f, from, t, to, flags)); }
int link(const char *from, const char *to) { REAL(link); TWO_NAMES('L', real(from, to)); }
int linkat(int f, const char *from, int t, const char *to, int flags) { REAL(linkat); TWO_NAMES('L', real(f, from, t, to, flags)); }

#define ONE_NAME(letter, call) \
    char full[PATH_MAX]; \
    int ours = named(path, full); \
    if (ours) { LOCK; if (due()) end(); } \
    if (ours && refused(letter == 'M')) { UNLOCK; return -1; } \
    int done = call; \
    if (ours) { if (!done) record(letter, number_of(full), 0, full, strlen(full), NULL); UNLOCK; } \
    return done

int unlink(const char *path) { REAL(unlink); ONE_NAME('U', real(path)); }
int unlinkat(int folder, const char *path, int flags) { REAL(unlinkat); ONE_NAME('U', real(folder, path, flags)); }
int rmdir(const char *path) { REAL(rmdir); ONE_NAME('U', real(path)); }
int mkdir(const char *path, mode_t mode) { REAL(mkdir); ONE_NAME('M', real(path, mode)); }
int mkdirat(int folder, const char *path, mode_t mode) { REAL(mkdirat); ONE_NAME('M', real(folder, path, mode)); }
