package io.opsflow.queryside;

import io.opsflow.web.file.FileLinks;
import java.time.Clock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;

/**
 * All of the query side, for its own application and for standalone. Beans are called by their full class names: the
 * command side has controllers too.
 */
@Configuration(proxyBeanMethods = false)
@ComponentScan(
        basePackageClasses = QuerySideConfiguration.class,
        nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class)
@EnableConfigurationProperties(FileLinks.class)
public class QuerySideConfiguration {

    /** Beside the command side, its clock is everybody's. */
    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }
}
