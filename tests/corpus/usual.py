"""The files that every test run reads: each kind of trouble at least once.

The others come with `pytest -m corpus`, or all of them with `python -m tests.corpus.judge`.
"""

from __future__ import annotations

_NAMES = """
a_two_row_header.xlsx a_number_row_brackets.xlsx a_pages.xlsx a_merged_down.xlsx a_merged_number.xlsx
a_ditto.xlsx a_two_tables_narrower.xlsx a_side_by_side.xlsx a_short_sheet_names.xlsx a_header_row_30.xlsx
a_dates_no_year.xlsx a_dates_impossible.xlsx a_dates_ambiguous.xlsx a_dates_vague.xlsx a_date_numbers.xlsx
a_formats.xlsx a_numbers_bad.xlsx a_numbers_approx.xlsx a_areas.xlsx a_areas_bad.xlsx a_levels.xlsx
a_rules.xlsx a_1904.xlsx a_hidden.xlsx a_hidden_sheet.xlsx a_formulas_uncounted.xlsx a_texts.xlsx
a_phone_with_name.xlsx a_twice_inside.xlsx a_corrected.xlsx a_no_header.xlsx a_zero_report.xlsx
a_totals_grouped.xlsx a_totals_four_rows.xlsx a_totals_then_rows.xlsx a_total_words.xlsx
a_level_in_title.xlsx a_card.xlsx a_vertical.xlsx a_one_blank_area.xlsx a_header_swapped.xlsx
b_responses.xlsx b_response_changes.xlsx b_tally_both.xlsx b_tally_falls.xlsx b_losses.xlsx b_houses.xlsx
b_slip_merged.xlsx b_wide_blanks.xlsx b_transposed.xlsx b_goods_plan.xlsx b_funds.xlsx b_funds_no_unit.xlsx
b_money_texts.xlsx b_roster.xlsx b_drills_pairs.xlsx b_teams.xlsx b_inspections.xlsx b_penalties_export.xlsx
b_case_numbers.xlsx b_accidents.xlsx b_wrong_ledger.xlsx
c_gb18030_rare.csv c_mixed_encodings.csv c_tabs.csv c_sep.csv c_shifted.csv c_open_quote.csv c_guarded.csv
c_excel_texts.csv c_cut_character.csv c_html_typed.xls c_mhtml.xls c_xml2003_values.xls c_no_places.xlsx
c_strict.xlsx c_shared_runs.xlsx c_macros.xlsm c_shared_formula.xlsx c_text_formula.xlsx c_biff8_errors.xls
c_biff8_many.xls c_old_records.xls c_ods_hidden.ods c_ods_rich.ods c_word_as.xlsx c_rar.xlsx
d_empty.csv d_cut_late.xlsx d_cut_file.xls d_string_index.xlsx d_number_nan.xlsx d_entities_strings.xlsx
d_entities_2003.xls d_doubled_part.xlsx d_escaping.xlsx d_locked_zip.xlsx d_password.xls d_far_row.xlsx
d_long_cell.xlsx d_spans.xls d_repeated_rows.ods d_dde.xlsx d_cell_twice.xlsx d_direction.xlsx
d_merged_far.xlsx d_only_hidden.xlsx d_sheet_name_path.xlsx
a_totals_rate.xlsx a_totals_unrectified.xlsx a_totals_bare_word.xlsx a_title_campaign.xlsx a_level_in_lines.xlsx
a_areas_foreign.xlsx a_counts.xlsx a_count_signs.xlsx b_money_wan_in_title.xlsx b_fine_no_unit.xlsx
b_houses_no_unit.xlsx b_houses_damaged.xlsx b_trainings_pairs.xlsx c_tabs_behind.csv
"""

USUAL = frozenset(_NAMES.split())
"""Their names."""
