#include "sync/change_text.h"

#include <string.h>

#include "base/text.h"
#include "tests/unit/sync/path_text.h"
#include "tests/unit/sync/quoted_json.h"

#define LETTERS_80 "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffgggggggggghhhhhhhhhh"
#define LETTERS_76 "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffgggggggggghhhhhh"
#define HEX_32 "0123456789abcdef0123456789abcdef"

static const struct text_case {
	const char *type, *path;
	const char *value, *text;
} cases[] = {
	{ "v1 ConfigMap", "data.a", NULL, NULL },
	{ "v1 ConfigMap", "data.a", "'x'", "x" },
	{ "v1 ConfigMap", "data.a", "''", "\"\"" },
	{ "v1 ConfigMap", "data.a", "5", "5" },
	{ "v1 ConfigMap", "data.a", "0.1", "0.1" },
	{ "v1 ConfigMap", "data.a", "true", "true" },
	{ "v1 ConfigMap", "data.a", "{'b': [1, 'x'], 'a': {}}", "{\"a\":{},\"b\":[1,\"x\"]}" },
	{ "v1 ConfigMap", "data.a", "'a\\nb\\u001b[31m\\u007f'", "a b?[31m?" },
	{ "v1 ConfigMap", "data.a", "'" LETTERS_80 "'", LETTERS_80 },
	{ "v1 ConfigMap", "data.a", "'" LETTERS_80 "i'", LETTERS_76 "h..." },
	{ "v1 ConfigMap", "data.a", "'" LETTERS_76 "\u00fc\u00fc\u00fc'", LETTERS_76 "..." },
	{ "v1 ConfigMap", "data.a", "['" LETTERS_80 "']",
	  "[\"aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffff"
	  "gggggggggghhhhh..." },
	{ "v1 ConfigMap", "data.a", "'" HEX_32 HEX_32 "'", "0123456789ab" },
	{ "v1 ConfigMap", "data.a", "'" HEX_32 HEX_32 "0'", HEX_32 HEX_32 "0" },
	{ "v1 ConfigMap", "data.a", "'" HEX_32 "'", HEX_32 },
	{ "v1 Secret", "data.a", "'eA=='", "(secret)" },
	{ "v1 Secret", "data", "{'a': 'eA=='}", "(secret)" },
	{ "v1 Secret", "stringData.a", "'x'", "(secret)" },
	{ "v1 Secret", "type", "'Opaque'", "Opaque" },
	{ "kubevirt.io/v1 VirtualMachine", "spec.template.spec.volumes[].cloudInitNoCloud.userData", "'x'",
	  "(secret)" },
	{ "kubevirt.io/v1 VirtualMachine", "spec.template.spec.volumes[]", "{'cloudInitNoCloud': {'userData': 'x'}}",
	  "{\"cloudInitNoCloud\":{\"userData\":\"(secret)\"}}" },
};

START_TEST(table)
{
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		cleanup(path_text) struct path_text path = { .path = NULL };
		cleanup(json) json_t *value = quoted_json_new(cases[i].value);
		cleanup(free) char *text = NULL;

		path_text_init(&path, cases[i].type, cases[i].path);
		text = change_text_new(path.path, value);
		ck_assert_msg(text_equal(text, cases[i].text), "%s %s: %s, expected %s", cases[i].path,
			      cases[i].value, text, cases[i].text);
		ck_assert(text == NULL || strlen(text) <= CHANGE_TEXT_MAX);
	}
}
END_TEST

int main(void)
{
	const TTest *tests[] = { table };

	return suite_run("change_text", tests, ARRAY_SIZE(tests));
}
