package io.opsflow.queryside.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsflow.api.event.EventRecord;
import io.opsflow.api.json.Json;
import io.opsflow.queryside.fixture.Servers;
import io.opsflow.queryside.fixture.TaskEvents;
import io.opsflow.queryside.fixture.TaskLife;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Whatever happens to tasks: the past is what get answered then, byte for byte. */
class RandomHistoriesTest extends PastTest {

    private String reader = "";

    /** What get answered after a request, until the next. */
    private record Seen(String taskId, long version, Instant at, Answer answer) {}

    @Property(tries = 12, shrinking = ShrinkingMode.OFF)
    void thePastIsWhatGetAnsweredThen(@ForAll long seed) {
        Random random = new Random(seed);
        String ofTry = Servers.unique("workspace-");
        reader = token(TaskEvents.DOMAIN, "WORKSPACE_OWNER", ofTry).build();
        List<TaskLife> lives = IntStream.range(0, 3)
                .mapToObj(i -> new TaskLife(random, newTask(), ofTry))
                .toList();
        List<Seen> seen = live(lives, random);

        for (Seen then : seen) {
            assertThat(getAt(then.taskId, "'version': " + then.version))
                    .as("version %d of %s", then.version, then.taskId)
                    .isEqualTo(then.answer);
        }
        for (Instant moment : moments(seen)) {
            List<String> there = new ArrayList<>();
            for (TaskLife life : lives) {
                Answer answer = getAt(life.taskId(), "'at': '%s'".formatted(moment));
                assertThat(answer)
                        .as("%s at %s", life.taskId(), moment)
                        .satisfies(was -> seen.stream()
                                .filter(then -> then.taskId.equals(life.taskId()) && !then.at.isAfter(moment))
                                .reduce((earlier, later) -> later)
                                .ifPresentOrElse(
                                        last -> assertThat(was).isEqualTo(last.answer),
                                        () -> assertThat(was.status()).isEqualTo(404)));
                if (answer.status() == 200) {
                    there.add(answer.body());
                }
            }
            assertThat(listAt(moment)).as("all at %s", moment).isEqualTo(there);
        }
    }

    private List<Seen> live(List<TaskLife> lives, Random random) {
        List<Seen> seen = new ArrayList<>();
        Instant now = EIGHT;
        for (int i = 0; i < 25; i++) {
            TaskLife life = lives.get(random.nextInt(lives.size()));
            if (!life.isOver()) {
                now = now.plusMillis(random.nextInt(3));
                List<EventRecord> request = happens(life.next(now));
                Answer answer = task(reader, "get", "{'task_id': '%s'}".formatted(life.taskId()));
                seen.add(new Seen(life.taskId(), request.getLast().sequence(), now, answer));
            }
        }
        return seen;
    }

    private static List<Instant> moments(List<Seen> seen) {
        return List.copyOf(new TreeSet<>(seen.stream()
                .<Instant>mapMulti((then, moments) -> {
                    moments.accept(then.at.minusMillis(1));
                    moments.accept(then.at);
                })
                .toList()));
    }

    private Answer getAt(String taskId, String when) {
        return task(reader, "get_at", "{'task_id': '%s', %s}".formatted(taskId, when));
    }

    /** In the order of their ids, as they were made. */
    private List<String> listAt(Instant at) {
        return task(reader, "list_at", "{'at': '%s', 'query': {'sort': [{'key': 'task_id'}]}}".formatted(at))
                .json()
                .get("results")
                .valueStream()
                .map(Json::write)
                .toList();
    }
}
