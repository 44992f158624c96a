#include "sync/cluster/window.h"

#include <assert.h>
#include <stddef.h>

void window_init(struct window *window, unsigned max)
{
	assert(max > 0);
	*window = (struct window){ .max = max, .limit = max < WINDOW_START ? max : WINDOW_START };
}

void window_queue(struct window *window, struct window_ticket *ticket)
{
	assert(!ticket->waiting);
	*ticket = (struct window_ticket){ .previous = window->last, .waiting = true };
	if (window->last)
		window->last->next = ticket;
	else
		window->first = ticket;
	window->last = ticket;
}

void window_withdraw(struct window *window, struct window_ticket *ticket)
{
	if (!ticket->waiting)
		return;
	if (ticket->previous)
		ticket->previous->next = ticket->next;
	else
		window->first = ticket->next;
	if (ticket->next)
		ticket->next->previous = ticket->previous;
	else
		window->last = ticket->previous;
	*ticket = (struct window_ticket){ .waiting = false };
}

struct window_ticket *window_admit(struct window *window, uint64_t now)
{
	struct window_ticket *ticket = window->first;

	if (ticket == NULL || now < window->held_until || window->in_flight >= window->limit)
		return NULL;
	window_withdraw(window, ticket);
	ticket->round = window->round;
	window->in_flight++;
	return ticket;
}

static void window_grow(struct window *window)
{
	unsigned needed = window->round == 0 ? 1 : window->limit;

	if (window->limit >= window->max || ++window->answered < needed)
		return;
	window->answered = 0;
	window->limit++;
}

/* Requests that left together meet the same overload: only the first of their
 * 429s halves. */
static void window_shrink(struct window *window, const struct window_ticket *ticket)
{
	if (ticket->round != window->round)
		return;
	window->round++;
	window->answered = 0;
	window->limit = window->limit > 1 ? window->limit / 2 : 1;
}

void window_release(struct window *window, struct window_ticket *ticket, enum window_outcome outcome)
{
	assert(window->in_flight > 0);
	window->in_flight--;
	if (outcome == WINDOW_ANSWERED)
		window_grow(window);
	else if (outcome == WINDOW_THROTTLED)
		window_shrink(window, ticket);
}

void window_hold(struct window *window, uint64_t until)
{
	if (until > window->held_until)
		window->held_until = until;
}

bool window_is_held(const struct window *window, uint64_t now)
{
	return window->first && window->in_flight < window->limit && now < window->held_until;
}
