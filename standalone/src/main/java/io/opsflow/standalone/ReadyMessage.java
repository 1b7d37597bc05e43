package io.opsflow.standalone;

import java.nio.file.Path;

/** What a newcomer reads when everything is up. Scripts wait for its first line. */
record ReadyMessage(String address, String page, Path tokens) {

    @Override
    public String toString() {
        return """

                OpsFlow is ready
                  address  %1$s
                  page     %6$s
                  tokens   %2$s
                  create a task:

                curl -s %1$s/opsflow/v1/task/create \\
                  -H "Authorization: Bearer $(cat '%2$s/workspace-member.jwt')" \\
                  -H 'Content-Type: application/json' \\
                  -d '{"name": "Disk full on node 7", "status_id": "%3$s", "project_id": "%4$s", "task_type_id": "%5$s"}'
                """.formatted(address, tokens, Demo.TODO, Demo.PROJECT, Demo.TASK_TYPE, page);
    }
}
