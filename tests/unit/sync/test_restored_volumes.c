#include "sync/restored_volumes.h"

#include "tests/unit/sync/quoted_json.h"

#define MACHINE(volume)                                                                                              \
	"{'apiVersion': 'kubevirt.io/v1', 'kind': 'VirtualMachine', 'spec': {'template': {'spec': {'volumes': ["     \
	"{'name': 'init', 'cloudInitNoCloud': {}}, " volume "]}}}}"
#define DISK(name) "{'name': 'root', 'dataVolume': {'name': '" name "'}}"
#define CLAIM(name) "{'name': 'root', 'persistentVolumeClaim': {'claimName': '" name "'}}"

static const struct restored_case {
	const char *desired, *live, *expected; /* NULL: as desired */
} cases[] = {
	{ MACHINE(DISK("web")), MACHINE(DISK("web")), NULL },
	{ MACHINE(DISK("web")), MACHINE(CLAIM("web")), MACHINE(CLAIM("web")) },
	{ MACHINE(DISK("web")), MACHINE(CLAIM("other")), NULL },
	{ MACHINE(DISK("web")), MACHINE("{'name': 'data', 'persistentVolumeClaim': {'claimName': 'web'}}"), NULL },
	{ MACHINE(CLAIM("web")), MACHINE(DISK("web")), NULL },
	{ MACHINE("{'name': 'root', 'dataVolume': {'name': 'web', 'hotpluggable': true}}"), MACHINE(CLAIM("web")),
	  MACHINE("{'name': 'root', 'persistentVolumeClaim': {'claimName': 'web', 'hotpluggable': true}}") },
	{ "{'apiVersion': 'v1', 'kind': 'Secret'}", MACHINE(CLAIM("web")), NULL },
	{ MACHINE(DISK("web")), "{}", NULL },
	{ "{'apiVersion': 'kubevirt.io/v1', 'kind': 'VirtualMachine'}", MACHINE(CLAIM("web")), NULL },
};

START_TEST(disks_and_their_claims)
{
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		cleanup(json) json_t *desired = quoted_json_new(cases[i].desired);
		cleanup(json) json_t *before = json_deep_copy(desired);
		cleanup(json) json_t *live = quoted_json_new(cases[i].live);
		cleanup(json) json_t *expected =
			quoted_json_new(cases[i].expected ? cases[i].expected : cases[i].desired);
		cleanup(json) json_t *said = restored_volumes_copy(desired, live);
		cleanup(free) char *text = json_text_new(said);

		ck_assert_msg(json_equal(said, expected), "case %zu: %s", i, text);
		ck_assert(json_equal(desired, before));
	}
}
END_TEST

int main(void)
{
	const TTest *tests[] = { disks_and_their_claims };

	return suite_run("restored_volumes", tests, ARRAY_SIZE(tests));
}
