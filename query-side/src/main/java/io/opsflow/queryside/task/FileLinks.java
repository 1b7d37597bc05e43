package io.opsflow.queryside.task;

import io.opsflow.api.task.FileInfo;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the files of tasks are downloaded from.
 *
 * @param downloadUrl a template, see {@link FileInfo#of}
 */
@ConfigurationProperties("opsflow.files")
public record FileLinks(
        @DefaultValue("/files/{domain_id}/{file_id}") String downloadUrl) {}
