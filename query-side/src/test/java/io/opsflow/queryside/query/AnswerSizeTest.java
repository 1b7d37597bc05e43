package io.opsflow.queryside.query;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AnswerSizeTest {

    @Test
    void eachObjectAndListCountsBesideItsText() {
        assertThat(AnswerSize.ofJson("{}")).isEqualTo(2 + 80);
        assertThat(AnswerSize.ofJson("[[]]")).isEqualTo(4 + 2 * 80);
    }

    @Test
    void eachFurtherValueAndEachMemberCountsBesideItsText() {
        assertThat(AnswerSize.ofJson("[1.5,1.5,1.5]")).isEqualTo(13 + 80 + 2 * 40);
        assertThat(AnswerSize.ofJson("{\"a\":1,\"b\":\"\"}")).isEqualTo(14 + 80 + 40 + 2 * 20);
    }

    @Test
    void aTextCountsItsCharactersWhateverTheyAre() {
        String text = "\"one, two: [three], {\\\"four\\\\\\\", five}\"";
        assertThat(AnswerSize.ofJson(text)).isEqualTo(text.length());
        assertThat(AnswerSize.ofJson("[\"\\\\\",1]")).isEqualTo(8 + 80 + 40);
    }
}
