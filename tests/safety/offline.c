/* Whatever would leave the computer is refused and noted in the file OFFLINE_LOG (LD_PRELOAD): native code, too.
 * Sockets within the computer (AF_UNIX: the display, fonts) are left alone. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define REAL(name) \
    static __typeof__(name) *real; \
    if (!real) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

static void note(const char *what, const char *whom) {
    const char *path = getenv("OFFLINE_LOG");
    char line[512];
    int length = snprintf(line, sizeof line, "%s %s\n", what, whom ? whom : "");
    int file = path ? open(path, O_WRONLY | O_APPEND | O_CREAT, 0600) : -1;
    if (file >= 0) {
        if (write(file, line, (size_t)length) < 0) abort();
        close(file);
    }
}

static int outside(const struct sockaddr *to) {
    return to && to->sa_family != AF_UNIX && to->sa_family != AF_UNSPEC;
}

static void note_address(const char *what, const struct sockaddr *to) {
    char name[INET6_ADDRSTRLEN] = "?";
    if (to->sa_family == AF_INET) inet_ntop(AF_INET, &((const struct sockaddr_in *)to)->sin_addr, name, sizeof name);
    if (to->sa_family == AF_INET6) inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)to)->sin6_addr, name, sizeof name);
    note(what, name);
}

#define REFUSED(what, to) \
    if (outside(to)) { note_address(what, to); errno = EACCES; return -1; }

int connect(int fd, const struct sockaddr *to, socklen_t length) {
    REAL(connect);
    REFUSED("connect", to);
    return real(fd, to, length);
}
int bind(int fd, const struct sockaddr *to, socklen_t length) {
    REAL(bind);
    REFUSED("bind", to);
    return real(fd, to, length);
}
ssize_t sendto(int fd, const void *data, size_t size, int flags, const struct sockaddr *to, socklen_t length) {
    REAL(sendto);
    REFUSED("sendto", to);
    return real(fd, data, size, flags, to, length);
}
ssize_t sendmsg(int fd, const struct msghdr *message, int flags) {
    REAL(sendmsg);
    REFUSED("sendmsg", (const struct sockaddr *)message->msg_name);
    return real(fd, message, flags);
}
int getaddrinfo(const char *node, const char *service, const struct addrinfo *hints, struct addrinfo **found) {
    (void)service, (void)hints, (void)found;
    note("getaddrinfo", node);
    return EAI_FAIL;
}
struct hostent *gethostbyname(const char *name) {
    note("gethostbyname", name);
    return NULL;
}
