package io.opsflow.web.file;

import io.opsflow.api.task.FileInfo;
import io.opsflow.web.setting.SettingCheck;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the files of tasks are downloaded from.
 *
 * @param downloadUrl template of a file's {@code download_url}; also takes {@code {task_id}}, {@code {workspace_id}},
 *     {@code {project_id}}
 */
@ConfigurationProperties("opsflow.files")
public record FileLinks(
        @DefaultValue("/files/{domain_id}/{file_id}") String downloadUrl) {

    public FileLinks {
        new SettingCheck()
                .that(
                        FileInfo.isTemplate(downloadUrl),
                        "OPSFLOW_FILES_DOWNLOAD_URL may name {file_id}, {task_id}, {domain_id}, {workspace_id} and"
                                + " {project_id}, and nothing else in braces.")
                .end();
    }
}
