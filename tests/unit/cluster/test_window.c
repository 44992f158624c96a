#include "sync/cluster/window.h"

#include "tests/unit/suite.h"

enum { TICKETS = 100 };

static struct window_ticket *admit(struct window *window)
{
	return window_admit(window, 0);
}

static unsigned admit_all(struct window *window)
{
	unsigned count = 0;

	while (admit(window))
		count++;
	return count;
}

static void queue_all(struct window *window, struct window_ticket tickets[TICKETS])
{
	for (size_t i = 0; i < TICKETS; i++) {
		tickets[i] = (struct window_ticket){ .waiting = false };
		window_queue(window, &tickets[i]);
	}
}

START_TEST(first_come_first_served)
{
	struct window window;
	struct window_ticket tickets[TICKETS];

	window_init(&window, 4);
	queue_all(&window, tickets);
	window_withdraw(&window, &tickets[1]);
	window_withdraw(&window, &tickets[1]);
	window_withdraw(&window, &tickets[TICKETS - 1]);
	ck_assert_ptr_eq(admit(&window), &tickets[0]);
	ck_assert_ptr_eq(admit(&window), &tickets[2]);
	ck_assert_ptr_eq(admit(&window), &tickets[3]);
	ck_assert_ptr_eq(admit(&window), &tickets[4]);
	ck_assert_ptr_null(admit(&window));
	window_release(&window, &tickets[0], WINDOW_LOST);
	ck_assert_ptr_eq(admit(&window), &tickets[5]);
	ck_assert_ptr_eq(window.last, &tickets[TICKETS - 2]);
}
END_TEST

START_TEST(starts_small_and_grows_to_its_bound)
{
	struct window window;
	struct window_ticket tickets[TICKETS];

	window_init(&window, 10);
	queue_all(&window, tickets);
	ck_assert_uint_eq(admit_all(&window), WINDOW_START);
	for (size_t i = 0; i < 8; i++)
		window_release(&window, &tickets[i], WINDOW_ANSWERED);
	ck_assert_uint_eq(window.limit, 10);
	ck_assert_uint_eq(admit_all(&window), 10);
}
END_TEST

START_TEST(lost_answers_teach_nothing)
{
	struct window window;
	struct window_ticket tickets[TICKETS];

	window_init(&window, 32);
	queue_all(&window, tickets);
	admit_all(&window);
	for (size_t i = 0; i < 8; i++)
		window_release(&window, &tickets[i], WINDOW_LOST);
	ck_assert_uint_eq(window.limit, WINDOW_START);
	ck_assert_uint_eq(window.in_flight, 0);
}
END_TEST

/* Eight requests that left together meet 429: that is one overload. */
START_TEST(one_overload_halves_once)
{
	struct window window;
	struct window_ticket tickets[TICKETS];

	window_init(&window, 32);
	queue_all(&window, tickets);
	admit_all(&window);
	for (size_t i = 0; i < 8; i++)
		window_release(&window, &tickets[i], WINDOW_THROTTLED);
	ck_assert_uint_eq(window.limit, 4);
	ck_assert_uint_eq(admit_all(&window), 4);
	window_release(&window, &tickets[8], WINDOW_THROTTLED);
	ck_assert_uint_eq(window.limit, 2);
}
END_TEST

START_TEST(never_falls_to_nothing)
{
	struct window window;
	struct window_ticket tickets[TICKETS];

	window_init(&window, 32);
	queue_all(&window, tickets);
	for (size_t i = 0; i < 10; i++) {
		struct window_ticket *ticket = admit(&window);

		ck_assert_ptr_nonnull(ticket);
		window_release(&window, ticket, WINDOW_THROTTLED);
	}
	ck_assert_uint_eq(window.limit, 1);
}
END_TEST

START_TEST(grows_slowly_after_an_overload)
{
	struct window window;
	struct window_ticket tickets[TICKETS];

	window_init(&window, 32);
	queue_all(&window, tickets);
	window_release(&window, admit(&window), WINDOW_THROTTLED);
	ck_assert_uint_eq(window.limit, 4);
	for (size_t i = 0; i < 3; i++)
		window_release(&window, admit(&window), WINDOW_ANSWERED);
	ck_assert_uint_eq(window.limit, 4);
	window_release(&window, admit(&window), WINDOW_ANSWERED);
	ck_assert_uint_eq(window.limit, 5);
}
END_TEST

START_TEST(a_hold_is_for_everybody)
{
	struct window window;
	struct window_ticket tickets[TICKETS];

	window_init(&window, 32);
	ck_assert(!window_is_held(&window, 0));
	queue_all(&window, tickets);
	window_hold(&window, 500);
	window_hold(&window, 300);
	ck_assert_ptr_null(window_admit(&window, 499));
	ck_assert(window_is_held(&window, 499));
	ck_assert(!window_is_held(&window, 500));
	ck_assert_ptr_nonnull(window_admit(&window, 500));
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { first_come_first_served,    starts_small_and_grows_to_its_bound,
				       lost_answers_teach_nothing, one_overload_halves_once,
				       never_falls_to_nothing,     grows_slowly_after_an_overload,
				       a_hold_is_for_everybody };

	return suite_run("cluster/window", tests, ARRAY_SIZE(tests));
}
