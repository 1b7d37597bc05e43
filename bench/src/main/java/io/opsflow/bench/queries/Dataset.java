package io.opsflow.bench.queries;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Tasks of 50 projects in 10 workspaces of one domain, the same ones in every run of the same size. They come in the
 * order of their creation, as events would bring them: those of one project lie scattered over the whole table.
 */
record Dataset(int tasks) {

    static final String DOMAIN = "domain-0000000bench";
    static final int WORKSPACES = 10;
    static final int PROJECTS = 50;
    static final int HOSTS = 5_000;
    static final int CUSTOMERS = 5_000;

    private static final Instant START = Instant.parse("2025-01-01T00:00:00Z");
    private static final Duration PERIOD = Duration.ofDays(180);
    private static final int PEOPLE = 200;
    private static final List<String> WHAT = List.of(
            "Disk full",
            "Kernel panic",
            "Certificate expires",
            "Latency too high",
            "Backup failed",
            "Login refused",
            "Restart needed",
            "Packets lost");
    private static final List<String> TYPES = List.of("TODO", "IN_PROGRESS", "COMPLETED");
    private static final List<String> PRIORITIES = List.of("HIGH", "MEDIUM", "MEDIUM", "LOW");
    private static final List<String> TIERS = List.of("gold", "silver", "bronze");

    static String workspace(int number) {
        return "workspace-%012x".formatted(number % WORKSPACES);
    }

    static String project(int number) {
        return "project-%012x".formatted(number % PROJECTS);
    }

    /** The workspace that a project belongs to. */
    static String workspaceOf(int project) {
        return workspace(project % PROJECTS / (PROJECTS / WORKSPACES));
    }

    static String host(int number) {
        return "node-%04d".formatted(number % HOSTS);
    }

    static String customer(int number) {
        return "customer-%04d".formatted(number % CUSTOMERS);
    }

    /** A row's values in the order of {@link Loader}'s columns; null where unset. */
    @Nullable
    String[] row(int number, SplittableRandom random) {
        int project = random.nextInt(PROJECTS);
        int status = random.nextInt(10) < 6 ? 2 : random.nextInt(2);
        Duration age = PERIOD.multipliedBy(number).dividedBy(tasks).truncatedTo(ChronoUnit.MILLIS);
        Instant created = START.plus(age);
        @Nullable Instant started = status > 0 ? created.plusSeconds(random.nextInt(86_400)) : null;
        @Nullable Instant completed = status > 1 ? created.plusSeconds(86_400 + random.nextInt(86_400 * 7)) : null;
        Instant updated = completed != null ? completed : started != null ? started : created;
        String data = data(random);
        int type = random.nextInt(20);
        return new @Nullable String[] {
            "task-%012x".formatted(number * 7_919L),
            Integer.toString(status),
            pick(WHAT, random) + " on " + host(random.nextInt(HOSTS)),
            "status-%012x".formatted(status * 2 + random.nextInt(2)),
            TYPES.get(status),
            pick(PRIORITIES, random),
            random.nextBoolean() ? "Seen by the monitoring twice within the hour; look at the graphs first." : null,
            data,
            data,
            "[]",
            random.nextInt(10) == 0 ? null : "user-%03d@example.com".formatted(random.nextInt(PEOPLE)),
            "user-%03d@example.com".formatted(random.nextInt(PEOPLE)),
            DOMAIN,
            workspaceOf(project),
            project(project),
            "category-%012x".formatted(type / 4),
            "task-type-%012x".formatted(type),
            created.toString(),
            started == null ? null : started.toString(),
            updated.toString(),
            completed == null ? null : completed.toString()
        };
    }

    private static String data(SplittableRandom random) {
        return """
                {"customer": "%s", "region": "region-%02d", "cost": %d, "sla": {"tier": "%s"}, "labels": ["l%d", "l%d"]}""".formatted(
                        customer(random.nextInt(CUSTOMERS)),
                        random.nextInt(20),
                        random.nextInt(10_000),
                        pick(TIERS, random),
                        random.nextInt(30),
                        random.nextInt(30));
    }

    private static String pick(List<String> all, SplittableRandom random) {
        return all.get(random.nextInt(all.size()));
    }
}
