/* How many requests may be in flight, and who is next.
 *
 * The bound grows as long as the server keeps up and halves when it answers
 * 429, as TCP's congestion window does (RFC 5681). Until the first 429 it grows
 * by one with each answer, after that by one per bound's worth of answers. A
 * server's Retry-After holds back everybody. First come, first served.
 *
 * Tickets are embedded in what waits; the window does not own them. Times are
 * milliseconds of any one clock. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum { WINDOW_START = 8 };

struct window_ticket {
	struct window_ticket *previous, *next;
	bool waiting;
	uint64_t round; /* in which it was admitted */
};

struct window {
	unsigned max, limit, in_flight;
	unsigned answered; /* since the limit last grew */
	uint64_t round; /* counts the halvings */
	uint64_t held_until;
	struct window_ticket *first, *last;
};

void window_init(struct window *window, unsigned max);

void window_queue(struct window *window, struct window_ticket *ticket);
void window_withdraw(struct window *window, struct window_ticket *ticket); /* also when it does not wait */

/* The next one that may go; NULL when nobody waits or may. It holds a place until window_release(). */
struct window_ticket *window_admit(struct window *window, uint64_t now);

/* THROTTLED: 429. LOST: no answer, or one that tells nothing about the server's load. */
enum window_outcome { WINDOW_ANSWERED, WINDOW_THROTTLED, WINDOW_LOST };
void window_release(struct window *window, struct window_ticket *ticket, enum window_outcome outcome);

/* Nobody is admitted before then. */
void window_hold(struct window *window, uint64_t until);

/* True when somebody waits only for `held_until`. */
bool window_is_held(const struct window *window, uint64_t now);
