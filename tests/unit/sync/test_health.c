#include "sync/health.h"

#include <string.h>

#include "base/text.h"
#include "tests/unit/sync/quoted_json.h"

static const char *const kinds[][2] = { { "VirtualMachine", "kubevirt.io/v1" },
					{ "DataVolume", "cdi.kubevirt.io/v1beta1" },
					{ "PersistentVolumeClaim", "v1" },
					{ "Deployment", "apps/v1" },
					{ "VirtualMachinePool", "pool.kubevirt.io/v1beta1" },
					{ "VirtualMachineSnapshot", "snapshot.kubevirt.io/v1beta1" },
					{ "Namespace", "v1" },
					{ "DataSource", "cdi.kubevirt.io/v1beta1" },
					{ "MigrationPolicy", "migrations.kubevirt.io/v1alpha1" },
					{ "ConfigMap", "v1" },
					{ "Service", "v1" },
					{ "NetworkAttachmentDefinition", "k8s.cni.cncf.io/v1" } };

struct health_case {
	const char *kind;
	const char *object; /* but for type and name */
	enum health_state state;
	const char *reason; /* after "<kind> r1: "; NULL when ready */
	bool restart_pending;
};

#define CONDITION(type, status, reason, message)                                                                     \
	"{'type': '" type "', 'status': '" status "', 'reason': '" reason "', 'message': '" message "'}"
#define READY CONDITION("Ready", "True", "", "")
#define VM(spec, status) "{'spec': {" spec "}, 'status': {" status "}}"

static const struct health_case machines[] = {
	{ "VirtualMachine", "{}", HEALTH_PROGRESSING, "no status yet", false },
	{ "VirtualMachine", "{'metadata': {'deletionTimestamp': 't'}, 'status': {'printableStatus': 'Running'}}",
	  HEALTH_PROGRESSING, "is being deleted", false },
	{ "VirtualMachine", VM("'runStrategy': 'Always'", "'printableStatus': 'Running', 'conditions': [" READY "]"),
	  HEALTH_READY, NULL, false },
	{ "VirtualMachine",
	  VM("'runStrategy': 'Always'", "'printableStatus': 'Running', 'conditions': [" CONDITION(
						"Ready", "False", "GuestNotRunning", "no guest yet") "]"),
	  HEALTH_PROGRESSING, "Running, but not ready: no guest yet", false },
	{ "VirtualMachine",
	  VM("'runStrategy': 'Always'", "'printableStatus': 'Running', 'conditions': [" READY
					", " CONDITION("RestartRequired", "True", "", "") "]"),
	  HEALTH_READY, NULL, true },
	{ "VirtualMachine",
	  VM("'runStrategy': 'Always'",
	     "'printableStatus': 'Running', 'observedGeneration': 1, 'desiredGeneration': 2, "
	     "'conditions': [" READY "]"),
	  HEALTH_READY, NULL, true },
	{ "VirtualMachine",
	  "{'metadata': {'generation': 3}, 'spec': {'runStrategy': 'Always'}, 'status': {'printableStatus': "
	  "'Running', "
	  "'observedGeneration': 1, 'desiredGeneration': 3, 'conditions': [" READY "]}}",
	  HEALTH_READY, NULL, true },
	{ "VirtualMachine",
	  "{'metadata': {'generation': 3}, 'spec': {'runStrategy': 'Always'}, 'status': {'printableStatus': "
	  "'Running', "
	  "'observedGeneration': 2, 'desiredGeneration': 2, 'conditions': [" READY "]}}",
	  HEALTH_PROGRESSING, "KubeVirt has not seen the last change yet", false },
	{ "VirtualMachine",
	  "{'metadata': {'generation': 3}, 'spec': {'runStrategy': 'Always'}, 'status': {'printableStatus': "
	  "'Running', "
	  "'observedGeneration': 2, 'conditions': [" READY "]}}",
	  HEALTH_PROGRESSING, "KubeVirt has not seen the last change yet", false },
	{ "VirtualMachine",
	  "{'metadata': {'generation': 3}, 'status': {'printableStatus': 'ErrorUnschedulable', 'created': true, "
	  "'desiredGeneration': 2}}",
	  HEALTH_PROGRESSING, "KubeVirt has not seen the last change yet", false },
	{ "VirtualMachine", VM("'runStrategy': 'Halted'", "'printableStatus': 'Stopped'"), HEALTH_READY, NULL,
	  false },
	{ "VirtualMachine", VM("'running': false", "'printableStatus': 'Stopped'"), HEALTH_READY, NULL, false },
	{ "VirtualMachine",
	  "{'metadata': {'generation': 3}, 'spec': {'runStrategy': 'Manual'}, 'status': {'printableStatus': "
	  "'Stopped', "
	  "'observedGeneration': 1, 'desiredGeneration': 2}}",
	  HEALTH_READY, NULL, false },
	{ "VirtualMachine", VM("'runStrategy': 'RerunOnFailure'", "'printableStatus': 'Stopped'"), HEALTH_READY, NULL,
	  false },
	{ "VirtualMachine", VM("'runStrategy': 'Once'", "'printableStatus': 'Stopped'"), HEALTH_READY, NULL, false },
	{ "VirtualMachine", VM("'runStrategy': 'Always'", "'printableStatus': 'Stopped'"), HEALTH_PROGRESSING,
	  "Stopped: it has yet to be started", false },
	{ "VirtualMachine", VM("'running': true", "'printableStatus': 'Stopped'"), HEALTH_PROGRESSING,
	  "Stopped: it has yet to be started", false },
	{ "VirtualMachine", VM("'runStrategy': 'Halted'", "'printableStatus': 'Running', 'conditions': [" READY "]"),
	  HEALTH_PROGRESSING, "Running: it has yet to be stopped", false },
	{ "VirtualMachine", VM("", "'printableStatus': 'Provisioning'"), HEALTH_PROGRESSING, "Provisioning", false },
	{ "VirtualMachine", VM("", "'printableStatus': 'Starting'"), HEALTH_PROGRESSING, "Starting", false },
	{ "VirtualMachine", VM("", "'printableStatus': 'Stopping'"), HEALTH_PROGRESSING, "Stopping", false },
	{ "VirtualMachine", VM("", "'printableStatus': 'Migrating'"), HEALTH_PROGRESSING, "Migrating", false },
	{ "VirtualMachine", VM("", "'printableStatus': 'WaitingForVolumeBinding'"), HEALTH_PROGRESSING,
	  "WaitingForVolumeBinding", false },
	{ "VirtualMachine", VM("", "'printableStatus': 'FromTheFuture'"), HEALTH_PROGRESSING, "FromTheFuture",
	  false },
	{ "VirtualMachine", VM("", "'printableStatus': 'Paused'"), HEALTH_SUSPENDED, "Paused", false },
	{ "VirtualMachine", VM("", "'printableStatus': 'CrashLoopBackOff'"), HEALTH_DEGRADED, "CrashLoopBackOff",
	  false },
	{ "VirtualMachine", VM("", "'printableStatus': 'ErrImagePull'"), HEALTH_DEGRADED, "ErrImagePull", false },
	{ "VirtualMachine", VM("", "'printableStatus': 'ImagePullBackOff'"), HEALTH_DEGRADED, "ImagePullBackOff",
	  false },
	{ "VirtualMachine",
	  VM("", "'printableStatus': 'ErrorUnschedulable', 'conditions': [" CONDITION(
			 "Ready", "False", "", "not ready") ", " CONDITION("PodScheduled", "False", "",
									   "0/3 nodes\\nare available") "]"),
	  HEALTH_DEGRADED, "ErrorUnschedulable: 0/3 nodes are available", false },
	{ "VirtualMachine", VM("", "'printableStatus': 'ErrorPvcNotFound'"), HEALTH_DEGRADED, "ErrorPvcNotFound",
	  false },
	{ "VirtualMachine", VM("", "'printableStatus': 'DataVolumeError'"), HEALTH_DEGRADED, "DataVolumeError",
	  false },
	{ "VirtualMachine", VM("", "'printableStatus': 'Unknown'"), HEALTH_DEGRADED, "Unknown", false },
	{ "VirtualMachine",
	  VM("", "'printableStatus': 'Starting', 'conditions': [" CONDITION("Failure", "True", "FailedCreate",
									    "quota exceeded") "]"),
	  HEALTH_DEGRADED, "Starting: quota exceeded", false },
	{ "VirtualMachine",
	  VM("'runStrategy': 'Always'", "'printableStatus': 'Running', 'conditions': [" READY
					", " CONDITION("ManualRecoveryRequired", "True", "", "volumes") "]"),
	  HEALTH_DEGRADED, "ManualRecoveryRequired: volumes", false },
	{ "VirtualMachine", "{'status': {'printableStatus': 5, 'conditions': 'x'}}", HEALTH_PROGRESSING,
	  "no status yet", false },
};

static const struct health_case volumes[] = {
	{ "DataVolume", "{}", HEALTH_PROGRESSING, "no status yet", false },
	{ "DataVolume", "{'status': {'phase': ''}}", HEALTH_PROGRESSING, "no status yet", false },
	{ "DataVolume", "{'status': {'phase': 'Succeeded'}}", HEALTH_READY, NULL, false },
	{ "DataVolume", "{'status': {'phase': 'WaitForFirstConsumer'}}", HEALTH_READY, NULL, false },
	{ "DataVolume", "{'status': {'phase': 'PendingPopulation'}}", HEALTH_READY, NULL, false },
	{ "DataVolume",
	  "{'status': {'phase': 'Succeeded', 'conditions': [" CONDITION("Running", "False", "Completed", "") "]}}",
	  HEALTH_READY, NULL, false },
	{ "DataVolume", "{'status': {'phase': 'Pending'}}", HEALTH_PROGRESSING, "Pending", false },
	{ "DataVolume", "{'status': {'phase': 'ImportScheduled', 'progress': 'N/A'}}", HEALTH_PROGRESSING,
	  "ImportScheduled: N/A", false },
	{ "DataVolume", "{'status': {'phase': 'ImportInProgress', 'progress': '42.0%'}}", HEALTH_PROGRESSING,
	  "ImportInProgress: 42.0%", false },
	{ "DataVolume",
	  "{'status': {'phase': 'ImportInProgress', 'progress': '4%', 'conditions': [" CONDITION(
		  "Running", "False", "Error", "Unable to connect: 404") "]}}",
	  HEALTH_DEGRADED, "ImportInProgress: Unable to connect: 404", false },
	{ "DataVolume",
	  "{'status': {'phase': 'ImportScheduled', 'conditions': [" CONDITION("Running", "False", "ImagePullFailed",
									      "no such image") "]}}",
	  HEALTH_DEGRADED, "ImportScheduled: no such image", false },
	{ "DataVolume",
	  "{'status': {'phase': 'ImportScheduled', 'conditions': [" CONDITION("Running", "False", "", "") "]}}",
	  HEALTH_PROGRESSING, "ImportScheduled", false },
	{ "DataVolume", "{'status': {'phase': 'UploadReady'}}", HEALTH_PROGRESSING,
	  "UploadReady: waits for someone to upload the image", false },
	{ "DataVolume", "{'status': {'phase': 'Failed'}}", HEALTH_DEGRADED, "Failed", false },
	{ "DataVolume", "{'status': {'phase': 'Unknown'}}", HEALTH_DEGRADED, "Unknown", false },
	{ "DataVolume", "{'status': {'phase': 'Paused'}}", HEALTH_SUSPENDED, "Paused", false },
	{ "DataVolume", "{'metadata': {'generation': 2}, 'status': {'phase': 'Succeeded', 'observedGeneration': 1}}",
	  HEALTH_PROGRESSING, "its controller has not seen the last change yet", false },
	{ "DataVolume", "{'metadata': {'deletionTimestamp': 't'}, 'status': {'phase': 'Succeeded'}}",
	  HEALTH_PROGRESSING, "is being deleted", false },
	{ "PersistentVolumeClaim", "{'status': {'phase': 'Bound'}}", HEALTH_READY, NULL, false },
	{ "PersistentVolumeClaim", "{'status': {'phase': 'Pending'}}", HEALTH_READY, NULL, false },
	{ "PersistentVolumeClaim", "{'status': {'phase': 'Lost'}}", HEALTH_DEGRADED, "Lost", false },
	{ "PersistentVolumeClaim", "{}", HEALTH_PROGRESSING, "no status yet", false },
};

#define REPLICAS(all, updated, available)                                                                            \
	"'replicas': " all ", 'updatedReplicas': " updated ", 'availableReplicas': " available

static const struct health_case others[] = {
	{ "Deployment", "{}", HEALTH_PROGRESSING, "no status yet", false },
	{ "Deployment", "{'status': {" REPLICAS("1", "1", "1") "}}", HEALTH_READY, NULL, false },
	{ "Deployment", "{'spec': {'replicas': 0}, 'status': {}}", HEALTH_READY, NULL, false },
	{ "Deployment", "{'spec': {'replicas': 2}, 'status': {" REPLICAS("2", "1", "2") "}}", HEALTH_PROGRESSING,
	  "not all pods are updated", false },
	{ "Deployment", "{'status': {" REPLICAS("2", "1", "2") "}}", HEALTH_PROGRESSING, "old pods are still ending",
	  false },
	{ "Deployment", "{'status': {" REPLICAS("1", "1", "0") "}}", HEALTH_PROGRESSING, "not all pods are available",
	  false },
	{ "Deployment",
	  "{'metadata': {'generation': 2}, 'status': {'observedGeneration': 1, " REPLICAS("1", "1", "1") "}}",
	  HEALTH_PROGRESSING, "its controller has not seen the last change yet", false },
	{ "Deployment",
	  "{'metadata': {'generation': 2}, 'status': {'observedGeneration': 2, " REPLICAS("1", "1", "1") "}}",
	  HEALTH_READY, NULL, false },
	{ "Deployment",
	  "{'status': {" REPLICAS("1", "1", "0") ", 'conditions': [" CONDITION(
		  "Progressing", "False", "ProgressDeadlineExceeded", "timed out") "]}}",
	  HEALTH_DEGRADED, "does not progress: timed out", false },
	{ "Deployment", "{'status': {'conditions': [" CONDITION("ReplicaFailure", "True", "", "forbidden") "]}}",
	  HEALTH_DEGRADED, "ReplicaFailure: forbidden", false },
	{ "Deployment", "{'spec': {'paused': true}, 'status': {}}", HEALTH_SUSPENDED,
	  "paused: not all pods are updated", false },
	{ "VirtualMachinePool", "{'spec': {'replicas': 2}}", HEALTH_PROGRESSING, "0 of 2 machines are ready", false },
	{ "VirtualMachinePool", "{'spec': {'replicas': 2}, 'status': {'replicas': 2, 'readyReplicas': 1}}",
	  HEALTH_PROGRESSING, "1 of 2 machines are ready", false },
	{ "VirtualMachinePool", "{'spec': {'replicas': 1}, 'status': {'replicas': 2, 'readyReplicas': 1}}",
	  HEALTH_PROGRESSING, "1 of 1 machines are ready", false },
	{ "VirtualMachinePool", "{'spec': {'replicas': 2}, 'status': {'replicas': 2, 'readyReplicas': 2}}",
	  HEALTH_READY, NULL, false },
	{ "VirtualMachinePool", "{'spec': {}, 'status': {'replicas': 1, 'readyReplicas': 1}}", HEALTH_READY, NULL,
	  false },
	{ "VirtualMachinePool", "{'spec': {'replicas': 0}}", HEALTH_READY, NULL, false },
	{ "VirtualMachinePool", "{'spec': {'replicas': 2, 'paused': true}, 'status': {'replicas': 1}}",
	  HEALTH_SUSPENDED, "paused: 0 of 2 machines are ready", false },
	{ "VirtualMachinePool",
	  "{'spec': {'replicas': 2}, 'status': {'replicas': 2, 'readyReplicas': 2, 'conditions': ["
	  "{'type': 'ReplicaFailure', 'status': 'True', 'message': 'quota'}]}}",
	  HEALTH_DEGRADED, "ReplicaFailure: quota", false },
	{ "VirtualMachineSnapshot", "{}", HEALTH_PROGRESSING, "no status yet", false },
	{ "VirtualMachineSnapshot", "{'status': {'phase': 'InProgress', 'error': {'message': 'not yet'}}}",
	  HEALTH_PROGRESSING, "InProgress: not yet", false },
	{ "VirtualMachineSnapshot", "{'status': {'phase': 'Succeeded', 'readyToUse': true}}", HEALTH_READY, NULL,
	  false },
	{ "VirtualMachineSnapshot", "{'status': {'phase': 'Succeeded', 'readyToUse': false}}", HEALTH_PROGRESSING,
	  "Succeeded", false },
	{ "VirtualMachineSnapshot", "{'status': {'phase': 'Failed', 'error': {'message': 'no class'}}}",
	  HEALTH_DEGRADED, "Failed: no class", false },
	{ "Namespace", "{}", HEALTH_READY, NULL, false },
	{ "Namespace", "{'metadata': {'deletionTimestamp': 't'}}", HEALTH_PROGRESSING, "is being deleted", false },
	{ "DataSource", "{'status': {}}", HEALTH_READY, NULL, false },
	{ "MigrationPolicy", "{}", HEALTH_READY, NULL, false },
	{ "ConfigMap", "{}", HEALTH_READY, NULL, false },
	{ "Service", "{'metadata': {'generation': 2}, 'status': {'observedGeneration': 1}}", HEALTH_READY, NULL,
	  false },
	{ "NetworkAttachmentDefinition", "{}", HEALTH_READY, NULL, false },
	{ "ConfigMap", "{'metadata': {'deletionTimestamp': 't'}}", HEALTH_PROGRESSING, "is being deleted", false },
};

static json_t *object_new(const struct health_case *row)
{
	json_t *object = quoted_json_new(row->object);

	json_object_set_new(json_object_member(object, "metadata"), "name", json_string("r1"));
	json_object_set_new(object, "kind", json_string(row->kind));
	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
		if (strcmp(kinds[i][0], row->kind) == 0)
			json_object_set_new(object, "apiVersion", json_string(kinds[i][1]));
	return object;
}

static void check_cases(const struct health_case *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct health_case *row = &rows[i];
		cleanup(json) json_t *object = object_new(row);
		cleanup(health) struct health health = HEALTH_INIT;
		cleanup(free) char *reason = row->reason ? string_format("%s r1: %s", row->kind, row->reason) : NULL;

		health_of_object(object, &health);
		ck_assert_msg(health.state == row->state, "%s %s: state %d, expected %d", row->kind, row->object,
			      (int)health.state, (int)row->state);
		ck_assert_msg(text_equal(health.reason, reason), "%s %s: %s, expected %s", row->kind, row->object,
			      health.reason, reason);
		ck_assert_msg(health.restart_pending == row->restart_pending, "%s %s: restart pending is wrong",
			      row->kind, row->object);
	}
}

START_TEST(machine)
{
	check_cases(machines, ARRAY_SIZE(machines));
}
END_TEST

START_TEST(disk)
{
	check_cases(volumes, ARRAY_SIZE(volumes));
}
END_TEST

START_TEST(other)
{
	check_cases(others, ARRAY_SIZE(others));
}
END_TEST

START_TEST(reasons_are_short)
{
	cleanup(json) json_t *object =
		quoted_json_new("{'kind': 'DataVolume', 'apiVersion': 'cdi.kubevirt.io/v1beta1', "
				"'metadata': {'name': 'd'}, 'status': {'phase': 'Failed'}}");
	cleanup(health) struct health health = HEALTH_INIT;
	char message[5000];

	memset(message, 'x', sizeof(message) - 1);
	message[sizeof(message) - 1] = '\0';
	json_object_set_new(json_object_get(object, "status"), "conditions",
			    json_pack("[{s:s, s:s}]", "type", "Running", "message", message));
	health_of_object(object, &health);
	ck_assert_uint_lt(strlen(health.reason), 300);
	ck_assert(text_ends_with(health.reason, "..."));
}
END_TEST

int main(void)
{
	const TTest *tests[] = { machine, disk, other, reasons_are_short };

	return suite_run("health", tests, ARRAY_SIZE(tests));
}
