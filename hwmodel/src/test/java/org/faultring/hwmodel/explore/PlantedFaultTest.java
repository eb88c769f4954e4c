/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import org.faultring.hwmodel.path.ForwardingHooks;
import org.faultring.hwmodel.path.IommuKind;
import org.faultring.hwmodel.path.PathHooks;
import org.faultring.hwmodel.pci.PageRequestPort;
import org.faultring.ring.EventHeaderFlyweight;
import org.faultring.ring.FaultRing;
import org.faultring.ring.LittleEndian;
import org.faultring.ring.OneToOneResponseRing;
import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.file.Errno;
import org.faultring.ring.file.FaultFile;
import org.faultring.ring.kernel.DomainPort;
import org.faultring.ring.kernel.FaultObject;
import org.faultring.ring.kernel.FaultSink;
import org.faultring.ring.kernel.InvalidationPort;
import org.faultring.ring.kernel.PageResponsePort;
import org.faultring.ring.kernel.ReportPort;
import org.faultring.ring.kernel.UserArray;
import org.junit.jupiter.api.Test;

/** A path that breaks one rule is found out, and the rule is named. */
class PlantedFaultTest {

    private static final int SEEDS = 300;
    private static final int RECORD = PageFaultFlyweight.LENGTH_BYTES;
    private static final int RESPONSE = PageResponseFlyweight.LENGTH_BYTES;

    private static final Exploration ALL = new Exploration(List.of(IommuKind.values()));

    private static void assertFound(final Invariant expected, final PathHooks parts,
            final UnaryOperator<PathHooks> callers) {
        for (long seed = 0; seed < SEEDS; seed++) {
            final SeedResult result = ALL.run(seed, null, parts, callers);
            if (!result.holds()) {
                final Violation first = result.violations().get(0);
                assertEquals(expected, first.invariant(), "seed=" + seed + ": " + first);
                return;
            }
        }
        fail("no seed of " + SEEDS + " finds a break of " + expected);
    }

    private static void assertPartFound(final Invariant expected, final PathHooks parts) {
        assertFound(expected, parts, UnaryOperator.identity());
    }

    private static void assertFileFound(final Invariant expected, final Function<FaultFile, FaultFile> broken) {
        assertPartFound(expected, new PathHooks() {
            @Override
            public FaultFile file(final int object, final FaultFile file) {
                return broken.apply(file);
            }
        });
    }

    /** How a response reaches the driver. */
    @FunctionalInterface
    private interface Respond {
        void respond(PageResponsePort driver, int device, int flags, int pasid, int groupIndex, int code);
    }

    private static void assertResponderFound(final Invariant expected, final Respond broken) {
        assertFound(expected, PathHooks.NONE, monitor -> new ForwardingHooks(monitor) {
            @Override
            public PageResponsePort responses(final PageResponsePort driver) {
                return brokenPort(super.responses(driver), broken);
            }
        });
    }

    private static PageResponsePort brokenPort(final PageResponsePort driver, final Respond broken) {
        return new PageResponsePort() {
            @Override
            public int room() {
                return driver.room();
            }

            @Override
            public void respond(final int device, final int flags, final int pasid, final int groupIndex,
                    final int code) {
                broken.respond(driver, device, flags, pasid, groupIndex, code);
            }

            @Override
            public void submit() {
                driver.submit();
            }
        };
    }

    @Test
    void shouldFindASecondResponse() {
        assertResponderFound(Invariant.ONE_RESPONSE, (driver, device, flags, pasid, groupIndex, code) -> {
            driver.respond(device, flags, pasid, groupIndex, code);
            if (code == PageResponseFlyweight.SUCCESS && driver.room() > 0) {
                driver.respond(device, flags, pasid, groupIndex, code);
            }
        });
    }

    @Test
    void shouldFindAMissingResponse() {
        assertResponderFound(Invariant.ONE_RESPONSE, (driver, device, flags, pasid, groupIndex, code) -> {
            if (groupIndex != 3) {
                driver.respond(device, flags, pasid, groupIndex, code);
            }
        });
    }

    @Test
    void shouldFindAResponseUnderAnotherPasid() {
        assertResponderFound(Invariant.RESPONSE_OF_LAST, (driver, device, flags, pasid, groupIndex, code) -> driver
                .respond(device, flags, code == PageResponseFlyweight.SUCCESS ? pasid + 1 : pasid, groupIndex, code));
    }

    @Test
    void shouldFindAGroupThatWasTornApart() {
        assertPartFound(Invariant.WHOLE_GROUP, new PathHooks() {
            @Override
            public FaultSink sink(final int object, final FaultSink sink) {
                return new Sink(sink) {
                    @Override
                    public void groupArrived() {
                        final FaultRing ring = ring();
                        final long last = ring.producerPosition() - 1;
                        final int at = ring.slotOffset(last) + PageFaultFlyweight.ADDR_OFFSET;
                        LittleEndian.putLong(ring.buffer(), at, LittleEndian.getLong(ring.buffer(), at) + 4096);
                        super.groupArrived();
                    }
                };
            }
        });
    }

    @Test
    void shouldFindARequestOfNobodyThatIsNotInvalid() {
        // Invalid comes from user space too, but the first that is seen here is of a request that nothing handles.
        assertFound(Invariant.FAILURES, new PathHooks() {
            @Override
            public ReportPort reports(final ReportPort reporter) {
                return new ReportPort() {
                    @Override
                    public int report(final int device, final int flags, final int pasid, final int groupIndex,
                            final int permissions, final long address) {
                        final int result = reporter.report(device, flags, pasid, groupIndex, permissions, address);
                        return result == -Errno.EINVAL ? 0 : result;
                    }

                    @Override
                    public void discardPartials() {
                        reporter.discardPartials();
                    }

                    @Override
                    public boolean isHoldingBack() {
                        return reporter.isHoldingBack();
                    }
                };
            }
        }, UnaryOperator.identity());
    }

    @Test
    void shouldFindAFailureOfUserSpace() {
        assertResponderFound(Invariant.USER_CODES, (driver, device, flags, pasid, groupIndex, code) -> driver
                .respond(device, flags, pasid, groupIndex,
                        code == PageResponseFlyweight.SUCCESS ? PageResponseFlyweight.FAILURE : code));
    }

    @Test
    void shouldFindAReadThatEndsWithinAGroup() {
        assertFileFound(Invariant.READ_WHOLE_GROUPS, file -> new BrokenFile(file) {
            @Override
            public int read(final int buffer, final int offset, final int length) {
                final int bytes = super.read(buffer, offset, length);
                return bytes > RECORD ? bytes - RECORD : bytes;
            }
        });
    }

    @Test
    void shouldFindAnEmptyReadThatFails() {
        assertFileFound(Invariant.READ_RESULTS, file -> new BrokenFile(file) {
            @Override
            public int read(final int buffer, final int offset, final int length) {
                final int bytes = super.read(buffer, offset, length);
                return bytes == 0 ? -Errno.EBUSY : bytes;
            }
        });
    }

    @Test
    void shouldFindAFailedCopyThatIsKeptQuiet() {
        assertFileFound(Invariant.FAILED_COPY, file -> new BrokenFile(file) {
            @Override
            public int read(final int buffer, final int offset, final int length) {
                final int bytes = super.read(buffer, offset, length);
                return bytes == -Errno.EFAULT && length >= 0 ? 0 : bytes;
            }
        });
    }

    @Test
    void shouldFindRecordsInAnotherOrder() {
        assertFileFound(Invariant.ARRIVAL_ORDER, file -> new BrokenFile(file) {
            @Override
            public int read(final int buffer, final int offset, final int length) {
                final int bytes = super.read(buffer, offset, length);
                if (bytes > 0) {
                    final int at = offset + PageFaultFlyweight.GRPID_OFFSET;
                    LittleEndian.putInt(buffers.get(buffer), at, LittleEndian.getInt(buffers.get(buffer), at) + 1);
                }
                return bytes;
            }
        });
    }

    @Test
    void shouldFindAGroupThatIsStillThereAfterItsAnswer() {
        assertFileFound(Invariant.ONE_PLACE, file -> new BrokenFile(file) {
            @Override
            public int write(final int buffer, final int offset, final int length) {
                final int bytes = super.write(buffer, offset, length);
                // A cookie that was never given.
                return length == RESPONSE && bytes < 0
                        && LittleEndian.getInt(buffers.get(buffer), offset) == 12_345
                        && LittleEndian.getInt(buffers.get(buffer), offset + 4) == 0 ? RESPONSE : bytes;
            }
        });
    }

    @Test
    void shouldFindACookieThatIsNotTheLowest() {
        assertFileFound(Invariant.LOWEST_COOKIE, file -> new BrokenFile(file) {
            @Override
            public int read(final int buffer, final int offset, final int length) {
                final int bytes = super.read(buffer, offset, length);
                if (bytes > 0) {
                    LittleEndian.putInt(buffers.get(buffer), offset + PageFaultFlyweight.COOKIE_OFFSET, 77);
                }
                return bytes;
            }
        });
    }

    @Test
    void shouldFindAWriteThatSaysMoreThanItDid() {
        assertFileFound(Invariant.PREFIX_WRITE, file -> new BrokenFile(file) {
            @Override
            public int write(final int buffer, final int offset, final int length) {
                final int bytes = super.write(buffer, offset, length);
                return bytes > 0 && bytes < length ? length : bytes;
            }
        });
    }

    @Test
    void shouldFindACookieThatIsGoodTwice() {
        assertFileFound(Invariant.COOKIE_SPENT, file -> new BrokenFile(file) {
            private int last;

            @Override
            public int write(final int buffer, final int offset, final int length) {
                final int bytes = super.write(buffer, offset, length);
                final boolean isAgain = length == RESPONSE
                        && LittleEndian.getInt(buffers.get(buffer), offset) == last && bytes == -Errno.EINVAL
                        && LittleEndian.getInt(buffers.get(buffer), offset + 4) == PageResponseFlyweight.INVALID;
                if (bytes > 0) {
                    last = LittleEndian.getInt(buffers.get(buffer), offset + bytes - RESPONSE);
                }
                return isAgain ? RESPONSE : bytes;
            }
        });
    }

    @Test
    void shouldFindADetachThatAnswersNothing() {
        assertPartFound(Invariant.AUTO_RESPONSE, new PathHooks() {
            @Override
            public FaultObject object(final int number, final FaultObject object) {
                return new Owned(object) {
                    @Override
                    public int autoRespond(final int attachment) {
                        return 0;
                    }
                };
            }
        });
    }

    @Test
    void shouldFindARefusalThatWasNotMinded() {
        assertFound(Invariant.FAILED_CHANGE, PathHooks.NONE, monitor -> new ForwardingHooks(monitor) {
            @Override
            public DomainPort domains(final DomainPort driver) {
                final DomainPort watched = super.domains(driver);
                return (device, pasid, domain) -> {
                    watched.attach(device, pasid, domain);
                    return 0;
                };
            }
        });
    }

    @Test
    void shouldFindACloseThatAnswers() {
        assertPartFound(Invariant.CLOSE_ANSWERS_NOTHING, new PathHooks() {
            private FaultObject[] objects = new FaultObject[16];

            @Override
            public FaultObject object(final int number, final FaultObject object) {
                objects[number] = object;
                return object;
            }

            @Override
            public FaultFile file(final int number, final FaultFile file) {
                return new BrokenFile(file) {
                    @Override
                    public void close() {
                        for (int attachment = 0; attachment < 64; attachment++) {
                            objects[number].autoRespond(attachment);
                        }
                        super.close();
                    }
                };
            }
        });
    }

    @Test
    void shouldFindAFileThatIsNeverReadable() {
        assertFileFound(Invariant.READY_BITS, file -> new BrokenFile(file) {
            @Override
            public int ready() {
                return WRITABLE;
            }
        });
    }

    @Test
    void shouldFindTwoWakeUpsForAGroup() {
        assertPartFound(Invariant.ONE_WAKE, new PathHooks() {
            @Override
            public FaultSink sink(final int object, final FaultSink sink) {
                return new Sink(sink) {
                    @Override
                    public void groupArrived() {
                        super.groupArrived();
                        super.groupArrived();
                    }
                };
            }
        });
    }

    @Test
    void shouldFindAnAnswerToADiscardedRequest() {
        final PageResponsePort[] port = new PageResponsePort[1];
        assertFound(Invariant.SILENT_DISCARD, new PathHooks() {
            @Override
            public ReportPort reports(final ReportPort reporter) {
                return new ReportPort() {
                    @Override
                    public int report(final int device, final int flags, final int pasid, final int groupIndex,
                            final int permissions, final long address) {
                        return reporter.report(device, flags, pasid, groupIndex, permissions, address);
                    }

                    @Override
                    public void discardPartials() {
                        port[0].respond(0, 0, 1, 1, PageResponseFlyweight.INVALID);
                        reporter.discardPartials();
                    }

                    @Override
                    public boolean isHoldingBack() {
                        return reporter.isHoldingBack();
                    }
                };
            }
        }, monitor -> new ForwardingHooks(monitor) {
            @Override
            public PageResponsePort responses(final PageResponsePort driver) {
                port[0] = super.responses(driver);
                return port[0];
            }
        });
    }

    @Test
    void shouldFindARequestThatVanishes() {
        assertPartFound(Invariant.CONSERVATION, new PathHooks() {
            @Override
            public PageRequestPort requests(final int device, final PageRequestPort iommu) {
                final int[] left = {50};
                return (requesterId, pasid, message) -> {
                    if (--left[0] != 0) {
                        iommu.pageRequest(requesterId, pasid, message);
                    }
                };
            }
        });
    }

    @Test
    void shouldFindAGroupThatSucceedsThoughAFaultOfItFailed() {
        final Watch watch = new Watch(null);
        SvaRoom.run(new SplittableRandom(1), watch, port -> new PageResponsePort() {
            @Override
            public int room() {
                return port.room();
            }

            @Override
            public void respond(final int device, final int flags, final int pasid, final int groupIndex,
                    final int code) {
                port.respond(device, flags, pasid, groupIndex, PageResponseFlyweight.SUCCESS);
            }

            @Override
            public void submit() {
                port.submit();
            }
        });
        assertEquals(Invariant.FIRST_FAILURE, watch.violations().get(0).invariant());
    }

    @Test
    void shouldFindAnEventNumberThatIsLeftOut() {
        final Watch watch = new Watch(null);
        EventRoom.run(new SplittableRandom(1), watch, file -> new BrokenFile(file) {
            @Override
            public int read(final int buffer, final int offset, final int length) {
                final int bytes = super.read(buffer, offset, length);
                if (bytes > 0) {
                    final int at = offset + EventHeaderFlyweight.SEQUENCE_OFFSET;
                    LittleEndian.putInt(buffers.get(buffer), at, LittleEndian.getInt(buffers.get(buffer), at) + 1);
                }
                return bytes;
            }
        });
        assertEquals(Invariant.EVENT_SEQUENCE, watch.violations().get(0).invariant());
    }

    @Test
    void shouldFindAnInvalidationThatCountsTheBadEntry() {
        final Watch watch = new Watch(null);
        InvalidationRoom.run(new SplittableRandom(1), watch, port -> new InvalidationPort() {
            private int result;

            @Override
            public int begin(final UserArray array) {
                result = port.begin(array);
                return result;
            }

            @Override
            public int poll() {
                return port.poll();
            }

            @Override
            public int handled() {
                return port.handled() + (result < 0 ? 1 : 0);
            }
        });
        assertEquals(Invariant.INVALIDATE_COUNT, watch.violations().get(0).invariant());
    }

    /** A sink to be broken in one place. */
    private static class Sink implements FaultSink {

        private final FaultSink sink;

        Sink(final FaultSink sink) {
            this.sink = sink;
        }

        @Override
        public FaultRing ring() {
            return sink.ring();
        }

        @Override
        public void groupArrived() {
            sink.groupArrived();
        }

        @Override
        public void cycleEnded() {
            sink.cycleEnded();
        }
    }

    /** An object to be broken in one place. */
    private abstract static class Owned implements FaultObject {

        private final FaultObject object;

        Owned(final FaultObject object) {
            this.object = object;
        }

        @Override
        public FaultSink sink() {
            return object.sink();
        }

        @Override
        public OneToOneResponseRing responses() {
            return object.responses();
        }
    }
}
