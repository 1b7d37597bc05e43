package io.opsflow.queryside.feed;

import io.micrometer.core.instrument.MeterRegistry;
import io.opsflow.queryside.consistency.ReadModelListener;
import io.opsflow.queryside.generation.Generations;
import io.opsflow.queryside.generation.Layout;
import io.opsflow.queryside.generation.LayoutClaim;
import io.opsflow.queryside.generation.ReadModelConnections;
import io.opsflow.web.trace.Traces;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The feed, on the read model's database. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({KafkaSettings.class, FeedSettings.class})
public class FeedConfiguration {

    /** Names the DataSource that the feed writes by. */
    public static final String CONNECTIONS = "feed";

    /**
     * For the connections that write a generation. Their statements find rows by keys, whatever PostgreSQL would plan for
     * them while the tables are empty, and by index scans, as a bitmap scan holds on to all its pages at once. So each is
     * planned once, not each time anew for what it is sent.
     */
    static final String BY_KEYS =
            "-c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c enable_bitmapscan=off";

    /** For those of {@link #CONNECTIONS}. */
    public static final String CONNECTION_OPTIONS = BY_KEYS + " " + NewWords.CONNECTION_OPTIONS;

    @Bean
    FeedStatus feedHealthIndicator(MeterRegistry meters) {
        return new FeedStatus(meters);
    }

    @Bean
    FeedTransactions feedTransactions(
            @Qualifier(CONNECTIONS) DataSource connections, Generations generations, TopicIds topicIds, Traces traces) {
        return new FeedTransactions(
                new TransactionTemplate(new JdbcTransactionManager(connections)),
                new JdbcTemplate(connections),
                generations.liveLock(),
                topicIds,
                traces);
    }

    @Bean
    Consumers consumers(KafkaSettings kafka, FeedSettings settings, Layout layout) {
        return new Consumers(kafka, settings, layout);
    }

    @Bean
    TopicIds topicIds(KafkaSettings kafka, Consumers consumers) {
        return new TopicIds(consumers::admin, kafka.topic());
    }

    @Bean
    TopicWatch topicWatch(KafkaSettings kafka, Consumers consumers, FeedStatus status) {
        return new TopicWatch(consumers::admin, kafka.topic(), status);
    }

    @Bean
    Feed feed(
            KafkaSettings kafka,
            FeedSettings settings,
            Generations generations,
            Consumers consumers,
            FeedTransactions readModel,
            FeedStatus status,
            List<ReadModelListener> listeners) {
        ReadModelListener all = rows -> listeners.forEach(listener -> listener.changed(rows));
        List<FeedStatus.Share> shares =
                Stream.generate(status::share).limit(settings.consumers()).toList();
        return new Feed(
                generations,
                share -> new FeedSession(consumers.create(), kafka.topic(), readModel, share, all),
                shares);
    }

    @Bean
    NewWords newWords(@Qualifier(CONNECTIONS) DataSource connections) {
        return new NewWords(JdbcClient.create(connections));
    }

    @Bean
    GenerationBuilder generationBuilder(
            KafkaSettings kafka,
            Generations generations,
            LayoutClaim claim,
            ReadModelConnections connections,
            Consumers consumers,
            TopicIds topicIds,
            DataSource live) {
        Offsets liveOffsets = new Offsets(JdbcClient.create(live), topicIds);
        return new GenerationBuilder(
                generations,
                claim,
                generation -> new TopicLoad(
                        consumers, topicIds, kafka.topic(), connections, generation, generations.lockOf(generation)),
                () -> liveOffsets.all(kafka.topic()));
    }

    @Bean
    FeedDesk feedDesk(
            KafkaSettings kafka, Consumers consumers, TopicIds topicIds, FeedTransactions readModel, DataSource live) {
        JdbcClient database = JdbcClient.create(live);
        return new FeedDesk(
                kafka.topic(), consumers::createAlone, new Offsets(database, topicIds), readModel, database);
    }
}
