/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
/*
 * What the Java clients of real files do, in C, call by call: a reader that reads a batch, answers it at once and polls
 * when there is nothing; and what raises faults, a number of them in flight.
 *
 *     peer pipe|fanotify|userfault IN_FLIGHT
 *     peer getppid 1
 *     peer awake 1
 *
 * For each number of faults, or calls, on a line of its input it raises so many and prints nanoseconds for one, and how
 * often the reader has waited since the beginning. It ends with its input. "awake" measures nothing: it keeps both cores
 * from sleeping, at idle priority.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/futex.h>
#include <linux/userfaultfd.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/fanotify.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#ifndef UFFD_USER_MODE_ONLY
#define UFFD_USER_MODE_ONLY 1
#endif

enum { BATCH = 64, MOST_IN_FLIGHT = 1024, PAGES = 64, PAGE = 4096, CANNOT_RUN = 3 };
enum { HANDLER_CORE = 0, RAISER_CORE = 1, PATIENCE_MILLIS = 60000, STACK_BYTES = 128 << 10 };

struct record {
    uint32_t flags, device, pasid, group, permissions, reserved;
    uint64_t address;
    uint32_t length, cookie;
};

struct answer {
    uint32_t cookie, code;
};

struct client {
    int records_fd; /* read and polled */
    int answers_fd; /* written */
    int stop_fd;    /* polled too, as a reader that can be stopped does */
    int (*read)(struct client *client, struct record *records);
    void (*write)(struct client *client, const struct answer *answers, int count);
    void (*touch)(struct client *client, int thread); /* NULL: a pipe, raised by the main thread */
    int in_flight;

    int raise_fd, collect_fd; /* the far ends of the pipes */
    int watched[MOST_IN_FLIGHT];
    char *memory;

    atomic_int ordered; /* faults that no thread has taken yet; a futex */
    atomic_long waits; /* of the reader */
    atomic_long back;
    atomic_long target;
    sem_t done;
};

static void die(const char *what) {
    fprintf(stderr, "%s: %s\n", what, strerror(errno));
    exit(CANNOT_RUN);
}

static int checked(const int result, const char *what) {
    if (result < 0) {
        die(what);
    }
    return result;
}

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

/* The calling thread, and those that it starts, on one core, where that is allowed. */
static void pin(const int core) {
    const long cores = sysconf(_SC_NPROCESSORS_ONLN);
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(core < cores ? core : (int)cores - 1, &set);
    (void)sched_setaffinity(0, sizeof set, &set);
}

static void *run_reader(void *argument) {
    struct client *client = argument;
    pin(HANDLER_CORE);
    static struct record records[BATCH];
    static struct answer answers[BATCH];
    for (;;) {
        const int count = client->read(client, records);
        if (count == 0) {
            struct pollfd waiting[] = {{.fd = client->records_fd, .events = POLLIN},
                {.fd = client->stop_fd, .events = POLLIN}};
            ppoll(waiting, 2, NULL, NULL);
            atomic_fetch_add_explicit(&client->waits, 1, memory_order_relaxed);
            continue;
        }
        for (int i = 0; i < count; i++) {
            answers[i].cookie = records[i].cookie;
            answers[i].code = 0;
        }
        client->write(client, answers, count);
    }
    return NULL;
}

/* How many things of a length were read; a file that is empty says EAGAIN. */
static int read_batch(const int fd, void *into, const size_t each) {
    const ssize_t bytes = read(fd, into, BATCH * each);
    if (bytes < 0 && errno != EAGAIN) {
        die("read");
    }
    return bytes < 0 ? 0 : (int)((size_t)bytes / each);
}

/* ---- pipe ---- */

static int pipe_read(struct client *client, struct record *records) {
    return read_batch(client->records_fd, records, sizeof *records);
}

static void pipe_write(struct client *client, const struct answer *answers, const int count) {
    if (write(client->answers_fd, answers, (size_t)count * sizeof *answers) < 0) {
        die("write");
    }
}

static void pipe_open(struct client *client) {
    int ends[2];
    checked(pipe2(ends, O_CLOEXEC | O_NONBLOCK), "pipe2");
    client->records_fd = ends[0];
    client->raise_fd = ends[1];
    checked(pipe2(ends, O_CLOEXEC | O_NONBLOCK), "pipe2");
    client->collect_fd = ends[0];
    client->answers_fd = ends[1];
    checked(fcntl(client->answers_fd, F_SETFL, 0), "fcntl");
    client->read = pipe_read;
    client->write = pipe_write;
}

static long smaller(const long one, const long other) {
    return one < other ? one : other;
}

static void pipe_raise(struct client *client, const long faults) {
    static struct record records[PAGE / sizeof(struct record)];
    static struct answer answers[MOST_IN_FLIGHT];
    const long burst = client->in_flight > 1 ? client->in_flight / 2 : 1;
    long raised = 0, answered = 0;
    while (answered < faults) {
        long room = smaller(faults - raised, client->in_flight - (raised - answered));
        while (room > 0 && (room >= burst || room == faults - raised)) {
            const long count = smaller(smaller(room, burst), PAGE / (long)sizeof(struct record));
            for (long i = 0; i < count; i++) {
                records[i] = (struct record){.flags = 2, .device = 1, .group = (uint32_t)(raised + i) & 0xFFFF,
                    .permissions = 1, .address = (uint64_t)(raised + i) << 12, .cookie = (uint32_t)(raised + i) + 1};
            }
            if (write(client->raise_fd, records, (size_t)count * sizeof *records) < 0) {
                break;
            }
            raised += count;
            room -= count;
        }
        struct pollfd waiting = {.fd = client->collect_fd, .events = POLLIN};
        poll(&waiting, 1, PATIENCE_MILLIS);
        const ssize_t bytes = read(client->collect_fd, answers, sizeof answers);
        answered += bytes > 0 ? bytes / (long)sizeof *answers : 0;
    }
}

/* ---- fanotify ---- */

static int fanotify_read(struct client *client, struct record *records) {
    struct fanotify_event_metadata events[BATCH];
    const int count = read_batch(client->records_fd, events, sizeof *events);
    for (int i = 0; i < count; i++) {
        records[i] = (struct record){.flags = 2, .device = 1, .group = (uint32_t)events[i].pid, .permissions = 1,
            .cookie = (uint32_t)events[i].fd};
    }
    return count;
}

static void fanotify_write(struct client *client, const struct answer *answers, const int count) {
    for (int i = 0; i < count; i++) {
        const struct fanotify_response response = {.fd = (int)answers[i].cookie, .response = FAN_ALLOW};
        if (write(client->answers_fd, &response, sizeof response) < 0) {
            die("write of a fanotify response");
        }
        close(response.fd);
    }
}

static void fanotify_touch(struct client *client, const int thread) {
    char byte;
    if (read(client->watched[thread], &byte, 1) < 0) {
        die("read of a watched file");
    }
}

static void fanotify_open(struct client *client) {
    char path[64] = "/tmp/faultring-peer-XXXXXX";
    const int file = checked(mkstemp(path), "mkstemp");
    unlink(path);
    const int group = checked(fanotify_init(FAN_CLASS_CONTENT | FAN_CLOEXEC | FAN_NONBLOCK | FAN_REPORT_TID,
        O_RDONLY | O_CLOEXEC), "fanotify_init");
    checked(fanotify_mark(group, FAN_MARK_ADD, FAN_ACCESS_PERM, file, NULL), "fanotify_mark");
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    for (int i = 0; i < client->in_flight; i++) {
        client->watched[i] = checked(open(path, O_RDONLY | O_CLOEXEC), "open of a watched file");
    }
    client->records_fd = group;
    client->answers_fd = group;
    client->read = fanotify_read;
    client->write = fanotify_write;
    client->touch = fanotify_touch;
}

/* ---- userfaultfd ---- */

static int userfault_read(struct client *client, struct record *records) {
    struct uffd_msg messages[BATCH];
    const int count = read_batch(client->records_fd, messages, sizeof *messages);
    for (int i = 0; i < count; i++) {
        const uint64_t address = messages[i].arg.pagefault.address;
        records[i] = (struct record){.flags = 2, .device = 1, .permissions = 1, .address = address,
            .cookie = (uint32_t)((address - (uint64_t)(uintptr_t)client->memory) / PAGE)};
    }
    return count;
}

static void userfault_write(struct client *client, const struct answer *answers, const int count) {
    for (int i = 0; i < count; i++) {
        struct uffdio_copy copy = {.dst = (uint64_t)(uintptr_t)client->memory + (uint64_t)answers[i].cookie * PAGE,
            .src = (uint64_t)(uintptr_t)client->memory, .len = PAGE};
        while (ioctl(client->records_fd, UFFDIO_COPY, &copy) < 0) {
            if (errno != EAGAIN) {
                die("UFFDIO_COPY");
            }
        }
    }
}

static void userfault_touch(struct client *client, const int thread) {
    static __thread int next;
    char *const first = client->memory + (1 + (size_t)thread * PAGES) * PAGE;
    volatile uint64_t *const word = (volatile uint64_t *)(first + (size_t)next * PAGE);
    (void)*word;
    if (++next == PAGES) {
        next = 0;
        madvise(first, (size_t)PAGES * PAGE, MADV_DONTNEED);
    }
}

static void userfault_open(struct client *client) {
    const size_t bytes = (size_t)client->in_flight * PAGES * PAGE;
    client->memory = mmap(NULL, PAGE + bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (client->memory == MAP_FAILED) {
        die("mmap");
    }
    memset(client->memory, 0, PAGE);
    const int fd = checked((int)syscall(SYS_userfaultfd, O_CLOEXEC | O_NONBLOCK | UFFD_USER_MODE_ONLY), "userfaultfd");
    struct uffdio_api api = {.api = UFFD_API};
    checked(ioctl(fd, UFFDIO_API, &api), "UFFDIO_API");
    struct uffdio_register all = {.range = {.start = (uint64_t)(uintptr_t)client->memory + PAGE, .len = bytes},
        .mode = UFFDIO_REGISTER_MODE_MISSING};
    checked(ioctl(fd, UFFDIO_REGISTER, &all), "UFFDIO_REGISTER");
    client->records_fd = fd;
    client->answers_fd = fd;
    client->read = userfault_read;
    client->write = userfault_write;
    client->touch = userfault_touch;
}

/* ---- threads that fault ---- */

struct faulting {
    struct client *client;
    int number;
};

/* All at once: one that was sent for each fault would find its thread asleep each time. */
static void order(struct client *client, const int faults) {
    atomic_fetch_add(&client->ordered, faults);
    syscall(SYS_futex, &client->ordered, FUTEX_WAKE_PRIVATE, INT_MAX, NULL, NULL, 0);
}

static void take_order(struct client *client) {
    int left = atomic_load(&client->ordered);
    for (;;) {
        if (left > 0 && atomic_compare_exchange_weak(&client->ordered, &left, left - 1)) {
            return;
        }
        if (left == 0) {
            syscall(SYS_futex, &client->ordered, FUTEX_WAIT_PRIVATE, 0, NULL, NULL, 0);
            left = atomic_load(&client->ordered);
        }
    }
}

static void *run_faulting(void *argument) {
    struct client *client = ((struct faulting *)argument)->client;
    const int number = ((struct faulting *)argument)->number;
    for (;;) {
        take_order(client);
        client->touch(client, number);
        if (atomic_fetch_add(&client->back, 1) + 1 == atomic_load(&client->target)) {
            sem_post(&client->done);
        }
    }
    return NULL;
}

static void raise_faults(struct client *client, const long faults) {
    if (client->touch == NULL) {
        pipe_raise(client, faults);
        return;
    }
    atomic_store(&client->target, atomic_load(&client->back) + faults);
    order(client, (int)faults);
    while (sem_wait(&client->done) < 0) {
    }
}

static void start(void *(*body)(void *), void *argument) {
    pthread_t thread;
    pthread_attr_t small;
    pthread_attr_init(&small);
    pthread_attr_setstacksize(&small, STACK_BYTES);
    if (pthread_create(&thread, &small, body, argument) != 0) {
        die("pthread_create");
    }
}

static void call_getppid(const long calls) {
    for (long i = 0; i < calls; i++) {
        syscall(SYS_getppid);
    }
}

/* Neither process that is compared: whoever is woken finds the same stranger on its core. */
static void *run_spinner(void *argument) {
    pin(*(const int *)argument);
    const struct sched_param lowest = {0};
    if (sched_setscheduler(0, SCHED_IDLE, &lowest) < 0) {
        die("sched_setscheduler");
    }
    for (;;) {
        atomic_signal_fence(memory_order_seq_cst);
    }
    return NULL;
}

static void run_awake(void) {
    static const int cores[] = {HANDLER_CORE, RAISER_CORE};
    for (size_t i = 0; i < sizeof cores / sizeof cores[0]; i++) {
        start(run_spinner, (void *)&cores[i]);
    }
}

static void open_client(struct client *client, const char *kind) {
    static struct faulting threads[MOST_IN_FLIGHT];
    pin(RAISER_CORE);
    sem_init(&client->done, 0, 0);
    client->stop_fd = checked(eventfd(0, EFD_CLOEXEC), "eventfd");
    if (strcmp(kind, "pipe") == 0) {
        pipe_open(client);
    } else if (strcmp(kind, "fanotify") == 0) {
        fanotify_open(client);
    } else {
        userfault_open(client);
    }
    start(run_reader, client);
    for (int i = 0; client->touch != NULL && i < client->in_flight; i++) {
        threads[i] = (struct faulting){client, i};
        start(run_faulting, &threads[i]);
    }
}

static int is_known(const char *kind) {
    static const char *const kinds[] = {"pipe", "fanotify", "userfault", "getppid", "awake"};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (strcmp(kind, kinds[i]) == 0) {
            return 1;
        }
    }
    return 0;
}

int main(const int count, char **arguments) {
    static struct client client;
    client.in_flight = count == 3 ? atoi(arguments[2]) : 0;
    if (client.in_flight < 1 || client.in_flight > MOST_IN_FLIGHT || !is_known(arguments[1])) {
        fputs("usage: peer pipe|fanotify|userfault|getppid|awake IN_FLIGHT\n", stderr);
        return 2;
    }
    const char *kind = arguments[1];
    const int is_call = strcmp(kind, "getppid") == 0;
    if (strcmp(kind, "awake") == 0) {
        run_awake();
    } else if (is_call) {
        pin(RAISER_CORE);
    } else {
        open_client(&client, kind);
    }
    long faults;
    while (scanf("%ld", &faults) == 1 && faults > 0) {
        const int64_t begin = now();
        if (is_call) {
            call_getppid(faults);
        } else {
            raise_faults(&client, faults);
        }
        printf("%.3f %ld\n", (double)(now() - begin) / (double)faults, atomic_load(&client.waits));
        fflush(stdout);
    }
    return 0;
}
