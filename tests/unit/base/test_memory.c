#include "tests/unit/suite.h"

#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"

START_TEST(arrays_grow_zeroed)
{
	int *numbers = NULL;
	size_t capacity = 0;

	for (size_t i = 0; i < 100; i++) {
		memory_grow(&numbers, i, &capacity, sizeof(*numbers));
		ck_assert_int_eq(numbers[i], 0);
		numbers[i] = (int)i + 1;
	}
	ck_assert_int_eq(numbers[0], 1);
	ck_assert_int_eq(numbers[99], 100);
	free(numbers);
}
END_TEST

START_TEST(steal_leaves_null)
{
	char *owner = string_copy("x");
	cleanup(free) char *taken = steal(&owner);

	ck_assert_ptr_null(owner);
	ck_assert_str_eq(taken, "x");
}
END_TEST

START_TEST(arena_gives_aligned_zeroed_memory)
{
	cleanup(arena) struct arena arena = ARENA_INIT;

	for (size_t size = 1; size < 50000; size = size * 3 + 1) {
		unsigned char *memory = arena_new(&arena, size);

		ck_assert_uint_eq((uintptr_t)memory % _Alignof(max_align_t), 0);
		for (size_t i = 0; i < size; i++)
			ck_assert_uint_eq(memory[i], 0);
		memset(memory, 0xff, size);
	}
	ck_assert_str_eq(arena_format(&arena, "%s-%d", "a", 7), "a-7");
}
END_TEST

START_TEST(buffers_are_terminated)
{
	cleanup(buffer) struct buffer buffer = BUFFER_INIT;
	cleanup(free) char *taken = NULL;

	ck_assert_str_eq(buffer_text(&buffer), "");
	for (int i = 0; i < 1000; i++)
		buffer_format(&buffer, "%d,", i % 10);
	ck_assert_uint_eq(buffer.length, 2000);
	ck_assert_uint_eq(strlen(buffer_text(&buffer)), 2000);
	taken = buffer_steal(&buffer);
	ck_assert_int_eq(taken[1998], '9');
	ck_assert_str_eq(buffer_text(&buffer), "");
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { arrays_grow_zeroed, steal_leaves_null, arena_gives_aligned_zeroed_memory,
				       buffers_are_terminated };

	return suite_run("memory", tests, ARRAY_SIZE(tests));
}
