/* A disk on which each flush takes FLUSH_MS more. Loaded into Kodi before its own libraries
 * (LD_PRELOAD), it stands before the C library's calls. Each flush is a line in the file FLUSH_LOG:
 * the path of what is flushed. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

static void note(int fd)
{
    char link[64], line[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, line, sizeof line - 1);
    int log = open(FLUSH_LOG, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    if (length < 0 || log < 0)
        _exit(70); /* a count that lacks one is worse than no Kodi */
    line[length] = '\n';
    if (write(log, line, length + 1) != length + 1)
        _exit(70);
    close(log);
}

static void wait_a_moment(void)
{
    struct timespec pause = {0, FLUSH_MS * 1000000L};
    while (nanosleep(&pause, &pause))
        ;
}

#define SLOW(call, parameters, values)                               \
    int call parameters                                              \
    {                                                                \
        note(fd);                                                    \
        wait_a_moment();                                             \
        return ((int(*) parameters)dlsym(RTLD_NEXT, #call)) values;  \
    }

SLOW(fsync, (int fd), (fd))
SLOW(fdatasync, (int fd), (fd))
SLOW(syncfs, (int fd), (fd))
SLOW(sync_file_range, (int fd, off64_t start, off64_t size, unsigned flags),
     (fd, start, size, flags))
