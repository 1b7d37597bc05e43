package io.opsflow.standalone.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What every fuzz run sends reaches all that the description tells of. */
class PlannedTest {

    private final ApiDocument document = ApiDocument.published();

    @Test
    void everyPlaceOfEveryBodyIsChanged() {
        for (Operation operation : withABody()) {
            assertThat(Planned.of(operation))
                    .as("%s", operation)
                    .extracting(planned -> Slot.of(document, operation.requestSchema(), planned.example())
                            .get(planned.slot())
                            .place())
                    .containsAll(new Skeleton(document).places(operation.requestSchema()));
        }
    }

    @Test
    void whatIsChangedIsAllowedBefore() {
        for (Operation operation : withABody()) {
            assertThat(Planned.of(operation).stream().map(Planned::example).distinct())
                    .allSatisfy(example -> assertThat(document.problems(operation.requestPointer(), example))
                            .as("%s %s", operation, example)
                            .isEmpty());
        }
    }

    private List<Operation> withABody() {
        return document.operations().stream().filter(Operation::takesBody).toList();
    }
}
