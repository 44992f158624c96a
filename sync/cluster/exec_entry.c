#include "sync/cluster/exec_entry.h"

#include <string.h>

#include "base/text.h"

static void words_free(char **words)
{
	for (size_t i = 0; words && words[i]; i++)
		free(words[i]);
	free(words);
}

void exec_credential_free(struct exec_credential *exec)
{
	if (exec == NULL)
		return;
	free(exec->api_version);
	free(exec->command);
	words_free(exec->arguments);
	words_free(exec->environment);
	free(exec->install_hint);
	free(exec);
}

static bool node_error(const struct kubeconfig_entry *user, const struct yaml_node *node, struct error *err,
		       const char *what)
{
	return error_set_at(err, user->path, node->line, node->column, "%s", what);
}

/* The list under `key`; `*list` is NULL when there is none. */
static bool read_list(const struct kubeconfig_entry *user, const struct yaml_node *exec, const char *key,
		      const struct yaml_node **list, struct error *err)
{
	*list = yaml_get(exec, key);
	if (*list == NULL || (*list)->kind == YAML_NULL) {
		*list = NULL;
		return true;
	}
	if ((*list)->kind != YAML_SEQUENCE || (*list)->count > EXEC_ENTRY_WORDS_MAX)
		return node_error(user, *list, err, "exec: args and env must be lists of at most 1000 items");
	return true;
}

static bool read_arguments(const struct kubeconfig_entry *user, const struct yaml_node *node,
			   struct exec_credential *exec, struct error *err)
{
	const struct yaml_node *list;

	if (!read_list(user, node, "args", &list, err))
		return false;
	exec->arguments = memory_new_array((list ? list->count : 0) + 1, sizeof(char *));
	for (size_t i = 0; list && i < list->count; i++) {
		const struct yaml_node *item = list->items[i];

		if (item->text == NULL || item->kind == YAML_NULL)
			return node_error(user, item, err, "exec: each of args must be a string");
		exec->arguments[i] = string_copy_n(item->text, item->length);
	}
	return true;
}

static bool read_environment(const struct kubeconfig_entry *user, const struct yaml_node *node,
			     struct exec_credential *exec, struct error *err)
{
	const struct yaml_node *list;

	if (!read_list(user, node, "env", &list, err))
		return false;
	exec->environment = memory_new_array((list ? list->count : 0) + 1, sizeof(char *));
	for (size_t i = 0; list && i < list->count; i++) {
		const char *name, *value;

		if (!kubeconfig_text(user, list->items[i], "name", &name, err) ||
		    !kubeconfig_text(user, list->items[i], "value", &value, err))
			return false;
		if (name == NULL || strchr(name, '='))
			return node_error(user, list->items[i], err, "exec: each of env needs a name without \"=\"");
		exec->environment[i] = string_format("%s=%s", name, value ? value : "");
	}
	return true;
}

/* A command with a slash is relative to the kubeconfig; one without is looked up in PATH. */
static bool read_command(const struct kubeconfig_entry *user, const struct yaml_node *node,
			 struct exec_credential *exec, struct error *err)
{
	const char *slash = strrchr(user->path, '/');
	const char *command;

	if (!kubeconfig_text(user, node, "command", &command, err))
		return false;
	if (command == NULL)
		return node_error(user, node, err, "exec: command is missing");
	if (command[0] == '/' || strchr(command, '/') == NULL)
		exec->command = string_copy(command);
	else
		exec->command = string_format("%.*s/%s", slash ? (int)(slash - user->path) : 1,
					      slash ? user->path : ".", command);
	return true;
}

static bool read_api_version(const struct kubeconfig_entry *user, const struct yaml_node *node,
			     struct exec_credential *exec, struct error *err)
{
	const char *version;

	if (!kubeconfig_text(user, node, "apiVersion", &version, err))
		return false;
	if (version == NULL || (strcmp(version, "client.authentication.k8s.io/v1") != 0 &&
				strcmp(version, "client.authentication.k8s.io/v1beta1") != 0))
		return node_error(user, node, err,
				  "exec: apiVersion must be client.authentication.k8s.io/v1 or "
				  "client.authentication.k8s.io/v1beta1");
	exec->api_version = string_copy(version);
	return true;
}

static bool read_rest(const struct kubeconfig_entry *user, const struct yaml_node *node, struct exec_credential *exec,
		      struct error *err)
{
	const struct yaml_node *info = yaml_get(node, "provideClusterInfo");
	const char *hint, *mode;

	if (!kubeconfig_text(user, node, "installHint", &hint, err) ||
	    !kubeconfig_text(user, node, "interactiveMode", &mode, err))
		return false;
	if (mode && strcmp(mode, "Always") == 0)
		return node_error(user, node, err,
				  "exec: interactiveMode Always needs a person at a terminal; labsync has none");
	exec->install_hint = string_copy(hint);
	exec->provide_cluster_info = info && info->kind == YAML_BOOLEAN && info->boolean;
	return true;
}

bool exec_entry_read(const struct kubeconfig_entry *user, struct exec_credential **exec, struct error *err)
{
	const struct yaml_node *node = yaml_get(user->node, "exec");
	cleanup(exec_credential) struct exec_credential *read = NULL;

	if (node == NULL || node->kind == YAML_NULL)
		return true;
	if (node->kind != YAML_MAPPING)
		return node_error(user, node, err, "exec must be a mapping");
	read = memory_new(sizeof(*read));
	if (!read_api_version(user, node, read, err) || !read_command(user, node, read, err) ||
	    !read_arguments(user, node, read, err) || !read_environment(user, node, read, err) ||
	    !read_rest(user, node, read, err))
		return false;
	*exec = steal(&read);
	return true;
}
