/* Rules about passwords and other secrets. No message repeats one. */
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "render/lab/pod_fields.h"
#include "render/lab/vm_fields.h"
#include "render/lint/rules.h"

enum { PASSWORD_MIN = 8 };

/* What is tried first. */
static const char *const well_known[] = {
	"123456",   "12345678", "123456789", "1234567890", "admin",      "admin123", "administrator", "arista",
	"changeme", "cirros",   "cisco",     "cisco123",   "gocubsgo",   "juniper",  "juniper123",    "kubevirt",
	"lab123",   "labsync",  "letmein",   "nokia",      "NokiaSrl1!", "passw0rd", "password",      "password1",
	"qwerty",   "root",     "secret",    "test1234",   "ubuntu",     "vagrant",  "vrnetlab",      "welcome1",
};

static const struct origin *password_origin(const struct lab_vm *vm)
{
	return object_origin(&vm_type, vm, offsetof(struct lab_vm, password));
}

struct place lint_node_place(const struct lab *lab, const struct lab_node *node)
{
	return (struct place){ lab->path, node->line, node->column };
}

void lint_default_password(struct lint *lint, const struct lab *lab)
{
	for (size_t i = 0; i < lab->node_count; i++) {
		const struct lab_node *node = &lab->nodes[i];
		struct place place = lint_node_place(lab, node);

		if (node->type == NODE_VM && node->vm->password && password_origin(node->vm) == NULL)
			lint_tell(lint, &place,
				  "vm \"%s\" has the built-in password, which everybody knows; set passwdSecret or "
				  "passwdHash",
				  node->name);
	}
}

static void given_passwords_each(struct lint *lint, const struct lab *lab,
				 void (*each)(struct lint *lint, const char *password, const struct place *place))
{
	for (size_t i = 0; i < lab->node_count; i++) {
		const struct lab_vm *vm = lab->nodes[i].vm;

		if (vm && vm->password && password_origin(vm))
			each(lint, vm->password, &password_origin(vm)->place);
	}
}

static void weak_check(struct lint *lint, const char *password, const struct place *place)
{
	for (size_t i = 0; i < sizeof(well_known) / sizeof(well_known[0]); i++)
		if (strcasecmp(password, well_known[i]) == 0) {
			lint_tell(lint, place, "passwd is one of those that are tried first; use another one");
			return;
		}
	if (strlen(password) < PASSWORD_MIN)
		lint_tell(lint, place, "passwd is shorter than %d characters; use a longer one", PASSWORD_MIN);
}

void lint_weak_password(struct lint *lint, const struct lab *lab)
{
	given_passwords_each(lint, lab, weak_check);
}

static void plain_check(struct lint *lint, const char *password, const struct place *place)
{
	(void)password;
	lint_tell(lint, place,
		  "passwd can be read by everybody who can read the repository; use passwdSecret or passwdHash");
}

void lint_plain_password(struct lint *lint, const struct lab *lab)
{
	given_passwords_each(lint, lab, plain_check);
}

static bool is_secret_name(const char *name)
{
	static const char *const words[] = { "PASSWORD", "PASSWD", "SECRET",     "TOKEN",
					     "API_KEY",  "APIKEY", "PRIVATE_KEY" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcasestr(name, words[i]))
			return true;
	return false;
}

/* A path is where the secret is, not the secret ("TOKEN_FILE: /run/token"). */
void lint_plain_secret(struct lint *lint, const struct lab *lab)
{
	for (size_t i = 0; i < lab->node_count; i++) {
		const struct value_map *map = lab->nodes[i].pod ? lab->nodes[i].pod->environment : NULL;

		for (size_t j = 0; map && j < map->count; j++) {
			const char *value = map->values[j];

			if (is_secret_name(map->keys[j]) && *value && *value != '/')
				lint_tell(lint, &map->places[j],
					  "the value of %s can be read by everybody who can read the repository; put "
					  "it into a Secret and name that by envSecret",
					  map->keys[j]);
		}
	}
}
