/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.hwmodel.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

import org.faultring.hwmodel.path.DeliveryDesign;
import org.faultring.hwmodel.path.ForwardingHooks;
import org.faultring.hwmodel.path.PathHooks;
import org.faultring.hwmodel.pci.PageRequestPort;
import org.faultring.ring.EventHeaderFlyweight;
import org.faultring.ring.FaultRing;
import org.faultring.ring.LittleEndian;
import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.PageResponseFlyweight;
import org.faultring.ring.file.Errno;
import org.faultring.ring.file.FaultFile;
import org.faultring.ring.kernel.DomainPort;
import org.faultring.ring.kernel.FaultObject;
import org.faultring.ring.kernel.ForwardingFaultObject;
import org.faultring.ring.kernel.ForwardingFaultSink;
import org.faultring.ring.kernel.ForwardingPageResponsePort;
import org.faultring.ring.kernel.ForwardingReportPort;
import org.faultring.ring.kernel.InvalidationPort;
import org.faultring.ring.kernel.PageResponsePort;
import org.faultring.ring.kernel.ReportPort;
import org.faultring.ring.kernel.UserArray;
import org.junit.jupiter.api.Test;

/** A path that breaks one rule is found out, and the rule is named. */
class PlantedFaultTest {

    private static final int RECORD = PageFaultFlyweight.LENGTH_BYTES;
    private static final int RESPONSE = PageResponseFlyweight.LENGTH_BYTES;

    private final Planted planted = new Planted(DeliveryDesign.READ);

    @Test
    void shouldFindASecondResponse() {
        planted.assertResponderFound(Invariant.ONE_RESPONSE, (driver, device, flags, pasid, groupIndex, code) -> {
            driver.respond(device, flags, pasid, groupIndex, code);
            if (code == PageResponseFlyweight.SUCCESS && driver.room() > 0) {
                driver.respond(device, flags, pasid, groupIndex, code);
            }
        });
    }

    @Test
    void shouldFindAMissingResponse() {
        planted.assertResponderFound(Invariant.ONE_RESPONSE, (driver, device, flags, pasid, groupIndex, code) -> {
            if (groupIndex != 3) {
                driver.respond(device, flags, pasid, groupIndex, code);
            }
        });
    }

    @Test
    void shouldFindAResponseUnderAnotherPasid() {
        planted.assertResponderFound(Invariant.RESPONSE_OF_LAST,
                (driver, device, flags, pasid, groupIndex, code) -> driver
                        .respond(device, flags, code == PageResponseFlyweight.SUCCESS ? pasid + 1 : pasid, groupIndex,
                                code));
    }

    @Test
    void shouldFindAGroupThatWasTornApart() {
        planted.assertSinkFound(Invariant.WHOLE_GROUP, sink -> new ForwardingFaultSink(sink) {
            @Override
            public void groupArrived(final int handle, final int attachment) {
                final FaultRing ring = ring();
                final long last = ring.producerPosition() - 1;
                final int at = ring.slotOffset(last) + PageFaultFlyweight.ADDR_OFFSET;
                LittleEndian.putLong(ring.buffer(), at, LittleEndian.getLong(ring.buffer(), at) + 4096);
                super.groupArrived(handle, attachment);
            }
        });
    }

    @Test
    void shouldFindARequestOfNobodyThatIsNotInvalid() {
        // Invalid comes from user space too, but the first that is seen here is of a request that nothing handles.
        planted.assertFound(Invariant.FAILURES, new PathHooks() {
            @Override
            public ReportPort reports(final ReportPort reporter) {
                return new ForwardingReportPort(reporter) {
                    @Override
                    public int report(final int device, final int flags, final int pasid, final int groupIndex,
                            final int permissions, final long address) {
                        final int result = super.report(device, flags, pasid, groupIndex, permissions, address);
                        return result == -Errno.EINVAL ? 0 : result;
                    }
                };
            }
        }, UnaryOperator.identity());
    }

    @Test
    void shouldFindAFailureOfUserSpace() {
        planted.assertResponderFound(Invariant.USER_CODES, (driver, device, flags, pasid, groupIndex, code) -> driver
                .respond(device, flags, pasid, groupIndex,
                        code == PageResponseFlyweight.SUCCESS ? PageResponseFlyweight.FAILURE : code));
    }

    @Test
    void shouldFindAReadThatEndsWithinAGroup() {
        planted.assertFileFound(Invariant.READ_WHOLE_GROUPS, file -> new BrokenFile(file) {
            @Override
            public int read(final int buffer, final int offset, final int length) {
                final int bytes = super.read(buffer, offset, length);
                return bytes > RECORD ? bytes - RECORD : bytes;
            }
        });
    }

    @Test
    void shouldFindAnEmptyReadThatFails() {
        planted.assertFileFound(Invariant.READ_RESULTS, file -> new BrokenFile(file) {
            @Override
            public int read(final int buffer, final int offset, final int length) {
                final int bytes = super.read(buffer, offset, length);
                return bytes == 0 ? -Errno.EBUSY : bytes;
            }
        });
    }

    @Test
    void shouldFindAFailedCopyThatIsKeptQuiet() {
        planted.assertFileFound(Invariant.FAILED_COPY, file -> new BrokenFile(file) {
            @Override
            public int read(final int buffer, final int offset, final int length) {
                final int bytes = super.read(buffer, offset, length);
                return bytes == -Errno.EFAULT && length >= 0 ? 0 : bytes;
            }
        });
    }

    @Test
    void shouldFindRecordsInAnotherOrder() {
        planted.assertFileFound(Invariant.ARRIVAL_ORDER, file -> new BrokenFile(file) {
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
        planted.assertFileFound(Invariant.ONE_PLACE, file -> new BrokenFile(file) {
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
        planted.assertFileFound(Invariant.LOWEST_COOKIE, file -> new BrokenFile(file) {
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
        planted.assertFileFound(Invariant.PREFIX_WRITE, file -> new BrokenFile(file) {
            @Override
            public int write(final int buffer, final int offset, final int length) {
                final int bytes = super.write(buffer, offset, length);
                return bytes > 0 && bytes < length ? length : bytes;
            }
        });
    }

    @Test
    void shouldFindACookieThatIsGoodTwice() {
        planted.assertFileFound(Invariant.COOKIE_SPENT, file -> new BrokenFile(file) {
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
        planted.assertObjectFound(Invariant.AUTO_RESPONSE, object -> new ForwardingFaultObject(object) {
            @Override
            public int autoRespond(final int attachment) {
                return 0;
            }
        });
    }

    @Test
    void shouldFindARefusalThatWasNotMinded() {
        planted.assertFound(Invariant.FAILED_CHANGE, PathHooks.NONE, monitor -> new ForwardingHooks(monitor) {
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
        planted.assertPartFound(Invariant.CLOSE_ANSWERS_NOTHING, new PathHooks() {
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
        planted.assertFileFound(Invariant.READY_BITS, file -> new BrokenFile(file) {
            @Override
            public int ready() {
                return WRITABLE;
            }
        });
    }

    @Test
    void shouldFindTwoWakeUpsForAGroup() {
        planted.assertSinkFound(Invariant.ONE_WAKE, sink -> new ForwardingFaultSink(sink) {
            @Override
            public void groupArrived(final int handle, final int attachment) {
                super.groupArrived(handle, attachment);
                super.groupArrived(handle, attachment);
            }
        });
    }

    @Test
    void shouldFindAnAnswerToADiscardedRequest() {
        final PageResponsePort[] port = new PageResponsePort[1];
        planted.assertFound(Invariant.SILENT_DISCARD, new PathHooks() {
            @Override
            public ReportPort reports(final ReportPort reporter) {
                return new ForwardingReportPort(reporter) {
                    @Override
                    public void discardPartials() {
                        port[0].respond(0, 0, 1, 1, PageResponseFlyweight.INVALID);
                        super.discardPartials();
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
        planted.assertPartFound(Invariant.CONSERVATION, new PathHooks() {
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
        SvaRoom.run(new SplittableRandom(1), watch, port -> new ForwardingPageResponsePort(port) {
            @Override
            public void respond(final int device, final int flags, final int pasid, final int groupIndex,
                    final int code) {
                super.respond(device, flags, pasid, groupIndex, PageResponseFlyweight.SUCCESS);
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
}
