#include "../suite.h"
#include "admission_check.h"

START_TEST(access_credentials)
{
	static const struct admission_case cases[] = {
		{ "A61: a key by cloud-init",
		  "{accessCredentials: [{sshPublicKey: {source: {secret: {secretName: a}}, propagationMethod: "
		  "{noCloud: {}}}}], volumes: [{name: root, cloudInitNoCloud: {userData: a}}]}",
		  "" },
		{ "A61: a key by the agent",
		  "{accessCredentials: [{sshPublicKey: {source: {secret: {secretName: a}}, propagationMethod: "
		  "{qemuGuestAgent: {users: [root]}}}}], volumes: [{name: root, dataVolume: {name: root}}]}",
		  "" },
		{ "A61: a password by the agent",
		  "{accessCredentials: [{userPassword: {source: {secret: {secretName: a}}, propagationMethod: "
		  "{qemuGuestAgent: {}}}}], volumes: [{name: root, dataVolume: {name: root}}]}",
		  "" },
		{ "A61: nothing", "{accessCredentials: [{}], volumes: [{name: root, dataVolume: {name: root}}]}",
		  "spec.template.spec.accessCredentials[0]: an access credential is a sshPublicKey or a "
		  "userPassword; "
		  "give one" },
		{ "A61: both",
		  "{accessCredentials: [{sshPublicKey: {source: {secret: {secretName: a}}, propagationMethod: "
		  "{qemuGuestAgent: {users: [root]}}}, userPassword: {source: {secret: {secretName: a}}, "
		  "propagationMethod: {qemuGuestAgent: {}}}}], volumes: [{name: root, dataVolume: {name: root}}]}",
		  "spec.template.spec.accessCredentials[0]: an access credential is a sshPublicKey or a "
		  "userPassword; "
		  "give one" },
		{ "A61: no source",
		  "{accessCredentials: [{userPassword: {propagationMethod: {qemuGuestAgent: {}}}}], volumes: [{name: "
		  "root, dataVolume: {name: root}}]}",
		  "spec.template.spec.accessCredentials[0].userPassword.source: an access credential comes from a "
		  "Secret; give source.secret.secretName" },
		{ "A61: no method",
		  "{accessCredentials: [{sshPublicKey: {source: {secret: {secretName: a}}}}], volumes: [{name: root, "
		  "dataVolume: {name: root}}]}",
		  "spec.template.spec.accessCredentials[0].sshPublicKey.propagationMethod: an access credential has "
		  "exactly one propagationMethod; give one" },
		{ "A61: two methods",
		  "{accessCredentials: [{sshPublicKey: {source: {secret: {secretName: a}}, propagationMethod: "
		  "{noCloud: {}, qemuGuestAgent: {users: [a]}}}}], volumes: [{name: root, cloudInitNoCloud: "
		  "{userData: "
		  "a}}]}",
		  "spec.template.spec.accessCredentials[0].sshPublicKey.propagationMethod: an access credential has "
		  "exactly one propagationMethod; give one" },
		{ "A61: no NoCloud volume",
		  "{accessCredentials: [{sshPublicKey: {source: {secret: {secretName: a}}, propagationMethod: "
		  "{noCloud: {}}}}], volumes: [{name: root, dataVolume: {name: root}}]}",
		  "spec.template.spec.accessCredentials[0].sshPublicKey.propagationMethod.noCloud: this needs a "
		  "volume "
		  "with cloudInitNoCloud, and there is none; add one" },
		{ "A61: no ConfigDrive volume",
		  "{accessCredentials: [{sshPublicKey: {source: {secret: {secretName: a}}, propagationMethod: "
		  "{configDrive: {}}}}], volumes: [{name: root, cloudInitNoCloud: {userData: a}}]}",
		  "spec.template.spec.accessCredentials[0].sshPublicKey.propagationMethod.configDrive: this needs a "
		  "volume with cloudInitConfigDrive, and there is none; add one" },
		{ "A61: no users",
		  "{accessCredentials: [{sshPublicKey: {source: {secret: {secretName: a}}, propagationMethod: "
		  "{qemuGuestAgent: {}}}}], volumes: [{name: root, dataVolume: {name: root}}]}",
		  "spec.template.spec.accessCredentials[0].sshPublicKey.propagationMethod.qemuGuestAgent.users: the "
		  "guest agent needs to know whose keys they are; name at least one user" },
	};

	admission_cases(good_machine, "spec.template.spec", cases, ARRAY_SIZE(cases));
}
END_TEST

int main(void)
{
	const TTest *const tests[] = { access_credentials };

	return suite_run("render/admission_access_credentials", tests, ARRAY_SIZE(tests));
}
