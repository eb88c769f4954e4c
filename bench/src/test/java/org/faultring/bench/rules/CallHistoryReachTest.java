/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.rules;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random histories, here of the model, reach what is rare. */
class CallHistoryReachTest {

    private static final List<String> LINES = LongStream.rangeClosed(1, 200)
            .mapToObj(CallHistoryReachTest::history).flatMap(List::stream).toList();

    private static List<String> history(final long seed) {
        try (Subject model = Implementation.MODEL.open()) {
            return new CallHistory(seed, model).run(600);
        }
    }

    /** What came to pass in the histories, in a few of them at least. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {
        // Attachments.
        "replace\\(.* = [1-9].*", "pasidAttach\\(.* = 0", "pasidReplace\\(.* = 0", "pasidReplace\\(.* = -ENOMEM",
        "pasidAttach\\(.*, 0, .* = 0", "pasidAttach\\(.* = -EBUSY",
        // Records: several groups in a read, a PASID, cookie 0, a cookie above 64.
        "FAULTS .* read\\(.* = (80|120|200|[1-9]\\d{3})", "FAULTS .* bytes = 3 .*", "FAULTS .* bytes = .* 0 0 ",
        "FAULTS .* bytes = .* 0 [4-9a-f][0-9a-f] ",
        // Copies that fail, at the first group and after one.
        "FAULTS .* read\\(.*into.* = -EFAULT", "FAULTS .* read\\(.*into.* = [1-9]\\d*", "FAULTS .* read\\(.* = -EINVAL",
        "FAULTS .* write\\(.*from.* = -EFAULT", "FAULTS .* write\\((16|24): .* = 8", "FAULTS .* write\\(.* = 24",
        "FAULTS .* = -EBADF",
        // Events: kept, lost, refused.
        "EVENTS .* bytes = 0 .*", "EVENTS .* bytes = ([0-9a-f]+ [0-9a-f]+ [0-9a-f]+ )*1 [0-9a-f]+ ",
        "triggerEvent\\(.* = -EOPNOTSUPP", "EVENTS .* read\\(.* = -EFAULT",
        // Objects.
        "destroy\\(.* = -EBUSY", "vdeviceAlloc\\(.* = -EEXIST", "hwptInvalidate\\(.* = 0",
        "hwptInvalidate\\(.* = -E2BIG",
        "hwptAlloc\\(flags=12.* = \\d+"})
    void shouldReachWhatIsRare(final String line) {
        final Pattern pattern = Pattern.compile("\\d+ " + line);
        final long found = LINES.stream().filter(call -> pattern.matcher(call).matches()).count();
        assertTrue(found > 2, () -> "found " + found + " times");
    }
}
