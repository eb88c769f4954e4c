/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.ring.counter;

/**
 * What is counted on the way of a fault, each by the one world in which it happens.
 *
 * <p>Faults are the workload's; requests are messages. {@code requests = faults + retries}. When nothing is under way,
 * every request has ended in exactly one of: answered, auto-answered, dropped silently, discarded, refused, unanswered.
 */
public enum Counter {

    /** Hardware: faults of the workload raised for the first time. */
    FAULTS_RAISED("faultsRaised", "faults of the workload raised"),
    /** Hardware: page request messages sent by devices, stop markers left out. */
    REQUESTS("requests", "page requests sent"),
    /** Hardware: page requests sent again for a fault that an answer had not resolved. */
    RETRIES("retries", "page requests sent again"),
    /** Hardware: faults that ended with the translation in place. */
    FAULTS_RESOLVED("faultsResolved", "faults resolved"),
    /** Hardware: faults that ended with an error for the device's work: answered Invalid, or the interface failed. */
    FAULTS_FAILED("faultsFailed", "faults ended in an error"),
    /** Hardware: credits that answers gave back, one for each request of the group. */
    CREDITS_RETURNED("creditsReturned", "credits returned by answers"),
    /** Hardware: answers that named no outstanding group (PCIe: Unexpected PRG Index). */
    UNEXPECTED_RESPONSES("unexpectedResponses", "answers without a group"),
    /** Hardware: answers that came after a Response Failure had stopped the device. */
    IGNORED_RESPONSES("ignoredResponses", "answers to a stopped device"),
    /** Hardware: requests that the IOMMU answered itself because its queue was in overflow. */
    AUTO_ANSWERED("autoAnswered", "requests the IOMMU answered itself"),
    /** Hardware: requests that vanished in overflow, as those that do not close a group do. */
    DROPPED_IN_OVERFLOW("droppedInOverflow", "requests dropped in overflow"),
    /** Hardware: times the page request queue went into overflow. */
    OVERFLOWS("overflows", "overflow episodes of the page request queue"),
    /** Hardware: page request interrupts raised. */
    INTERRUPTS("interrupts", "page request interrupts"),
    /** Hardware: stop markers sent by devices. */
    STOP_MARKERS_SENT("stopMarkersSent", "stop markers sent"),
    /** Hardware: requests without an answer that a reset of the device, or of its interface, forgot. */
    GIVEN_UP("givenUp", "requests given up in a reset"),
    /** Hardware: failed faults of which the device told its driver the address and PASID. */
    ERRORS_TOLD("errorsTold", "failed faults told to the driver"),
    /** Hardware: failed faults of which the device told its driver no more than that something failed. */
    ERRORS_HINTED("errorsHinted", "failed faults told to the driver without an address"),
    /** Hardware: failed faults for which their process was signalled. */
    ERRORS_SIGNALLED("errorsSignalled", "failed faults signalled to a process"),
    /** Hardware: requests of a misbehaving device that its workload did not ask for. */
    ROGUE_REQUESTS("rogueRequests", "requests beside the workload"),
    /** Hardware: requests that a misbehaving device sent without credit. */
    REQUESTS_WITHOUT_CREDIT("requestsWithoutCredit", "requests sent without credit"),
    /** Hardware: groups that a misbehaving device left without a last request. */
    LASTS_WITHHELD("lastsWithheld", "groups without a last request"),
    /** Hardware: groups that a misbehaving device sent under an index that was outstanding. */
    INDEXES_REPEATED("indexesRepeated", "groups under an outstanding index"),
    /** Hardware: groups that a misbehaving device sent with a wrong PASID. */
    WRONG_PASIDS("wrongPasids", "groups with a wrong PASID"),
    /** Hardware: invalidate requests that devices completed. */
    INVALIDATIONS_COMPLETED("invalidationsCompleted", "invalidate requests completed"),
    /** Hardware: invalidate requests that a device left without a completion on purpose. */
    INVALIDATIONS_IGNORED("invalidationsIgnored", "invalidate requests ignored"),
    /** Hardware: invalidate requests to a device whose ATS is off. */
    INVALIDATIONS_UNSUPPORTED("invalidationsUnsupported", "invalidate requests not supported"),
    /** Hardware: requests that closed their group and got no answer at all, until the device is reset. */
    UNANSWERED("unanswered", "requests left without an answer"),
    /** Hardware: stop markers that reached no queue: dropped like a request, or held back on purpose. */
    STOP_MARKERS_DROPPED("stopMarkersDropped", "stop markers dropped by the IOMMU"),
    /** Hardware: faults that cannot be recovered from, and errors, put into the event log. */
    EVENTS_RECORDED("eventsRecorded", "events recorded"),
    /** Hardware: faults that cannot be recovered from, and errors, of which there is no record. */
    EVENTS_LOST("eventsLost", "events lost"),
    /** Hardware: times the event log went into overflow. */
    EVENT_OVERFLOWS("eventOverflows", "overflow episodes of the event log"),
    /** Hardware: interrupts raised for events. */
    EVENT_INTERRUPTS("eventInterrupts", "event interrupts"),
    /** Hardware: commands that stopped the command queue. */
    COMMAND_ERRORS("commandErrors", "commands that stopped the command queue"),
    /** Hardware: faults that cannot be recovered from, merged into a record that was pending. */
    EVENTS_MERGED("eventsMerged", "unrecoverable faults merged into a record"),
    /** Hardware: interrupts that announce the completion of commands. */
    COMPLETION_INTERRUPTS("completionInterrupts", "command completion interrupts"),
    /** Hardware: translation requests of ATS that were granted access. */
    TRANSLATIONS_GRANTED("translationsGranted", "translation requests granted"),
    /** Hardware: translation requests of ATS for what is not mapped, or not for them. */
    TRANSLATIONS_MISSED("translationsMissed", "translation requests that missed"),
    /** Hardware: translation requests of ATS from functions that may not make them. */
    TRANSLATIONS_REFUSED("translationsRefused", "translation requests refused"),
    /** Hardware: translation requests of ATS that met an error. */
    TRANSLATIONS_ABORTED("translationsAborted", "translation requests aborted"),
    /** Hardware: faults of the workload that were none, since the device translated and found the page. */
    TRANSLATION_HITS("translationHits", "faults of the workload whose page was there"),
    /** Hardware: faults of the workload that were never raised, since their translation was in error. */
    FAULTS_UNTRANSLATED("faultsUntranslated", "faults whose translation was in error"),

    /** Kernel: stop markers taken from the queue. */
    STOP_MARKERS("stopMarkers", "stop markers"),
    /** Kernel: drain passes of the page request queue that found work. */
    DRAIN_PASSES("drainPasses", "drain passes with work"),
    /** Kernel: groups put into a fault queue. */
    GROUPS_DELIVERED("groupsDelivered", "groups put into a fault queue"),
    /** Kernel: requests whose group user space answered. */
    ANSWERED("answered", "requests answered by the handler"),
    /** Kernel: requests answered without a handler: bad, nobody attached, no memory for the group, device removed. */
    REFUSED("refused", "requests refused by the kernel"),
    /** Kernel: requests that vanished without an answer: bad ones that close no group, or no memory for a partial. */
    DROPPED_BY_KERNEL("droppedByKernel", "requests dropped by the kernel"),
    /** Kernel: requests of unfinished groups thrown away after an overflow, or with their device. */
    DISCARDED("discarded", "requests of partial groups discarded"),
    /** Kernel: answers from user space that named no open group, or carried a code that user space may not send. */
    RESPONSES_REFUSED("responsesRefused", "answers refused"),
    /** Kernel: batches of page responses handed to the hardware. */
    SUBMISSIONS("submissions", "batches of page responses submitted"),
    /** Kernel: stop markers that a driver took for requests and reported. */
    STOP_MARKERS_REPORTED("stopMarkersReported", "stop markers taken for requests"),
    /** Kernel: events read by a driver. */
    EVENTS_READ("eventsRead", "events read by the driver"),
    /** Kernel: answers thrown away because the hardware took no commands for too long. */
    RESPONSES_TIMED_OUT("responsesTimedOut", "answers the hardware never took"),
    /** Kernel: batches submitted again, because the hardware aborted them. */
    SUBMISSIONS_RETRIED("submissionsRetried", "batches submitted again"),
    /** Kernel: batches given up with an error. */
    SUBMISSIONS_FAILED("submissionsFailed", "batches given up"),
    /** Kernel: batches that will never end, because nobody repairs what stopped the hardware. */
    SUBMISSIONS_STUCK("submissionsStuck", "batches stuck for good"),
    /** Kernel: records of unrecoverable faults that name no known device. */
    EVENTS_UNROUTED("eventsUnrouted", "unrecoverable faults of unknown devices"),
    /** Kernel: fault records that nobody took, so that they could only be printed. */
    EVENTS_PRINTED("eventsPrinted", "fault records printed"),
    /** Kernel: events put into a queue of a virtual IOMMU. */
    VIRTUAL_EVENTS("virtualEvents", "events for guests queued"),
    /** Kernel: events for a guest that a full queue lost. */
    VIRTUAL_EVENTS_LOST("virtualEventsLost", "events for guests lost"),
    /** Kernel: events for a guest that has no queue of their type. */
    VIRTUAL_EVENTS_REFUSED("virtualEventsRefused", "events for guests without a queue"),
    /** Kernel: groups that were not answered by the deadline, so that the kernel did; their requests are refused. */
    GROUPS_EXPIRED("groupsExpired", "groups not answered in time"),
    /** Kernel: groups handed on from the queue of one owner to that of another. */
    GROUPS_FORWARDED("groupsForwarded", "groups handed on to a second owner"),
    /** Kernel: duty cycles that ended with a request held back for want of room. */
    CYCLES_HELD_BACK("cyclesHeldBack", "duty cycles that held a request back"),
    /** Kernel: groups whose answer went from user space to the driver. */
    GROUPS_ANSWERED("groupsAnswered", "groups answered by the handler"),
    /** Kernel: reads of the IOMMU's registers. */
    REGISTER_READS("registerReads", "register reads"),
    /** Kernel: writes of the IOMMU's registers. */
    REGISTER_WRITES("registerWrites", "register writes"),

    /** User: groups handed to the handler. */
    GROUPS_HANDLED("groupsHandled", "groups handled"),
    /** User: calls that read faults, empty ones included. */
    READS("reads", "calls to read"),
    /** User: calls that wrote answers. */
    WRITES("writes", "calls to write"),
    /** User: answers that could not be given: the file refused them. */
    ANSWERS_LOST("answersLost", "answers the file refused"),
    /** User: groups given to a guest. */
    GROUPS_INJECTED("groupsInjected", "groups given to a guest"),
    /** User: groups answered Invalid because no guest could have them: a device or PASID is not mapped. */
    INJECTIONS_REFUSED("injectionsRefused", "groups no guest could have"),
    /** User: groups answered Success because the guest's queue was full, so that the device asks again. */
    INJECTIONS_RETRIED("injectionsRetried", "groups that found a guest's queue full"),
    /** User: answers of guests that named no group of theirs. */
    GUEST_ANSWERS_REFUSED("guestAnswersRefused", "answers of guests refused"),
    /** User: groups answered Invalid because their attachment went away. */
    AUTO_RESPONDED("autoResponded", "groups answered for a detach or replace"),
    /** User: faults handed to the handler, or passed over since one before them in their group was refused. */
    FAULTS_HANDLED("faultsHandled", "faults handled"),
    /** User: records of faults and answers copied between kernel and user space. */
    RECORDS_COPIED("recordsCopied", "records copied"),
    /** User: reads that the first group did not fit, though the buffer was as long as it gets. */
    READS_STUCK("readsStuck", "reads blocked by a group too long"),
    /** User: reads that failed otherwise. */
    READS_FAILED("readsFailed", "reads that failed"),
    /** User: calls that took an event counter. */
    EVENT_READS("eventReads", "calls to read an event counter"),
    /** User: system calls on a completion ring ({@code io_uring_enter}). */
    RING_ENTERS("ringEnters", "ring enters"),
    /** User: posted requests that a wake-up of their file woke. */
    RING_WAKES("ringWakes", "posted requests woken"),
    /** User: tries of a request after its first that could not succeed. */
    RING_RETRIES("ringRetries", "useless tries of requests"),
    /** User: requests handed to a thread of the kernel (io-wq). */
    RING_HOPS("ringHops", "requests handed to kernel threads"),
    /** User: completions of reads that brought nothing. */
    RING_SPURIOUS("ringSpurious", "completions without data"),
    /** User: completions of a ring, those without data included. */
    RING_COMPLETIONS("ringCompletions", "ring completions");

    private final String key;
    private final String label;

    Counter(final String key, final String label) {
        this.key = key;
        this.label = label;
    }

    /**
     * Stable name, for results.
     *
     * @return a name in camel case
     */
    public String key() {
        return key;
    }

    /**
     * Name for people.
     *
     * @return a few words
     */
    public String label() {
        return label;
    }
}
