package io.opsflow.web.log;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/** Refuses wrong {@link LogSettings}; what they say is in force by then. */
@AutoConfiguration
@EnableConfigurationProperties(LogSettings.class)
public class LogConfiguration {}
